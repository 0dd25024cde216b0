package lockleak_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/lockleak"
)

func Test(t *testing.T) { conctest.Run(t, lockleak.Rule) }
