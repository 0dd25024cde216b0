package atomicmix_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/atomicmix"
	"github.com/concvet/concvet/analyzers/internal/conctest"
)

func TestAtomicmix(t *testing.T) { conctest.Run(t, atomicmix.Rule) }
