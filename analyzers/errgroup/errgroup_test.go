package errgroup_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/errgroup"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, errgroup.Rule) }
