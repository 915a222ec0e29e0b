package recoverall_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/recoverall"
)

func Test(t *testing.T) { passtest.Run(t, recoverall.Analyzer, "./recoverall/...") }
