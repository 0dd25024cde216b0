package chanclose_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/chanclose"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, chanclose.Rule) }
