package errmatch_test

import (
	"testing"

	"github.com/errvet/errvet/passes/errmatch"
	"github.com/errvet/errvet/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, errmatch.Analyzer, "./errmatch/...") }
