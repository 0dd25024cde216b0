package obligation_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/obligation"
)

func Test(t *testing.T) { conctest.Run(t, obligation.Rule) }
