package retryloop_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/retryloop"
)

func Test(t *testing.T) { passtest.Run(t, retryloop.Analyzer, "./retryloop/...") }
