package unwaited_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/unwaited"
)

func Test(t *testing.T) { conctest.Run(t, unwaited.Rule) }
