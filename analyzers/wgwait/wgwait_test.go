package wgwait_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/wgwait"
)

func Test(t *testing.T) { conctest.Run(t, wgwait.Rule) }
