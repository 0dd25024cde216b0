package sleepsync_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/sleepsync"
)

func Test(t *testing.T) { conctest.Run(t, sleepsync.Rule) }
