package detached_test

import (
	"testing"

	"github.com/errvet/errvet/passes/detached"
	"github.com/errvet/errvet/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, detached.Analyzer, "./detached/...") }
