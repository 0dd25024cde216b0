package guardedby_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/guardedby"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, guardedby.Rule) }
