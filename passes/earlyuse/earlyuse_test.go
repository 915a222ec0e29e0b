package earlyuse_test

import (
	"testing"

	"github.com/errvet/errvet/passes/earlyuse"
	"github.com/errvet/errvet/passes/internal/passtest"
)

func Test(t *testing.T) { passtest.Run(t, earlyuse.Analyzer, "./earlyuse/...") }
