package wgdone_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/wgdone"
)

func Test(t *testing.T) { conctest.Run(t, wgdone.Rule) }

// TestLenient: without strict only what is skipped for sure is reported.
func TestLenient(t *testing.T) {
	conctest.RunDir(t, wgdone.Rule, "testdata/lenient", map[string]string{"strict": "false"})
}
