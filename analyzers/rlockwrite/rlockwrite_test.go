package rlockwrite_test

import (
	"testing"

	"github.com/concvet/concvet/analyzers/internal/conctest"
	"github.com/concvet/concvet/analyzers/rlockwrite"
)

func Test(t *testing.T) { conctest.Run(t, rlockwrite.Rule) }
