package checkthenact_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/checkthenact"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, checkthenact.Rule) }
