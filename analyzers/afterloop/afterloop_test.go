package afterloop_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/afterloop"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, afterloop.Rule) }
