package blockheld_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/blockheld"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, blockheld.Rule) }

// TestSlow: if asked to, what takes long under a lock is reported too.
func TestSlow(t *testing.T) {
	conctest.RunDir(t, blockheld.Rule, "testdata/slow", map[string]string{"slow": "true"})
}
