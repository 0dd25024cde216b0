package relock_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/relock"
)

func Test(t *testing.T) { conctest.Run(t, relock.Rule) }
