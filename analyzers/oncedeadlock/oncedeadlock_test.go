package oncedeadlock_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/oncedeadlock"
)

func Test(t *testing.T) { conctest.Run(t, oncedeadlock.Rule) }
