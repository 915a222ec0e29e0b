package wrongerr_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/wrongerr"
)

func Test(t *testing.T) { passtest.Run(t, wrongerr.Analyzer, "./wrongerr/...") }
