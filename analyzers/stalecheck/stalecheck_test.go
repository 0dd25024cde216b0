package stalecheck_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/stalecheck"
)

func Test(t *testing.T) { conctest.Run(t, stalecheck.Rule) }
