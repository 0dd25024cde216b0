package badunlock_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/badunlock"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, badunlock.Rule) }
