package unbounded_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/unbounded"
)

func Test(t *testing.T) { conctest.Run(t, unbounded.Rule) }
