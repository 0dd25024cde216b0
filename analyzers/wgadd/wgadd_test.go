package wgadd_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/wgadd"
)

func Test(t *testing.T) { conctest.Run(t, wgadd.Rule) }
