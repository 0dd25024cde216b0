package deadlock_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/deadlock"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, deadlock.Rule) }
