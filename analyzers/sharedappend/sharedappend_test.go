package sharedappend_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/sharedappend"
)

func TestSharedAppend(t *testing.T) { conctest.Run(t, sharedappend.Rule) }
