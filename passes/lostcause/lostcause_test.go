package lostcause_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/lostcause"
)

func Test(t *testing.T) { passtest.Run(t, lostcause.Analyzer, "./lostcause/...") }
