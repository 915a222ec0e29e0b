package typednil_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/typednil"
)

func Test(t *testing.T) { passtest.Run(t, typednil.Analyzer, "./typednil/...") }
