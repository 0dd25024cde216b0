package blockheld_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/blockheld"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, blockheld.Rule) }
