package nilonfail_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/nilonfail"
)

func Test(t *testing.T) { passtest.Run(t, nilonfail.Analyzer, "./nilonfail/...") }
