package timerdrain_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/timerdrain"
)

func Test(t *testing.T) { conctest.Run(t, timerdrain.Rule) }
