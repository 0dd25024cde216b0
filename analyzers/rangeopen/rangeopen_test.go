package rangeopen_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/rangeopen"
)

func Test(t *testing.T) { conctest.Run(t, rangeopen.Rule) }
