package abruptexit_test

import (
	"testing"

	"github.com/errvet/errvet/passes/abruptexit"
	"github.com/errvet/errvet/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, abruptexit.Analyzer, "./abruptexit/...") }
