package serialized_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/serialized"
)

func Test(t *testing.T) { conctest.Run(t, serialized.Rule) }
