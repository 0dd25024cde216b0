package chanleak_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/chanleak"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func Test(t *testing.T) { conctest.Run(t, chanleak.Rule) }
