package rwunneeded_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/rwunneeded"
)

func Test(t *testing.T) { conctest.Run(t, rwunneeded.Rule) }
