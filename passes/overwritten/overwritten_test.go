package overwritten_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/overwritten"
)

func Test(t *testing.T) { passtest.Run(t, overwritten.Analyzer, "./overwritten/...") }
