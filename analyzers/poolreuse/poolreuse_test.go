package poolreuse_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/poolreuse"
)

func Test(t *testing.T) { conctest.Run(t, poolreuse.Rule) }
