package condwait_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/condwait"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, condwait.Rule) }
