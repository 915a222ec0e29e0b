package lostclose_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/lostclose"
)

func Test(t *testing.T) { passtest.Run(t, lostclose.Analyzer, "./lostclose/...") }
