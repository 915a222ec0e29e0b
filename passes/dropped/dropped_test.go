package dropped_test

import (
	"testing"

	"github.com/errvet/errvet/passes/dropped"
	"github.com/errvet/errvet/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, dropped.Analyzer, "./dropped/...") }
