package chanblock_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/chanblock"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, chanblock.Rule) }
