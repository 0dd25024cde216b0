package race_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/race"
)

func TestRace(t *testing.T) { conctest.Run(t, race.Rule) }
