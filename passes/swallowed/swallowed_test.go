package swallowed_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/swallowed"
)

func Test(t *testing.T) { passtest.Run(t, swallowed.Analyzer, "./swallowed/...") }
