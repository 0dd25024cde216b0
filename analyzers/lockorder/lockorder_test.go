package lockorder_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/lockorder"
)

func Test(t *testing.T) { conctest.Run(t, lockorder.Rule) }
