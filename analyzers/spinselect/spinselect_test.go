package spinselect_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/spinselect"
)

func Test(t *testing.T) { conctest.Run(t, spinselect.Rule) }
