package unlogged_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/instance"
	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/unlogged"
)

func Test(t *testing.T) { passtest.Run(t, unlogged.Analyzer, "./unlogged", "./unlogged/cmd") }

// With the flag, calls of the functions it names are looked at; without it, nobody asks.
func TestCritical(t *testing.T) {
	const dir = "errvet.test/testdata/unlogged/critical"
	a := critical(t, "(*"+dir+".Gateway).Charge, "+dir+".Refund")
	passtest.Check(t, a, "./unlogged/critical")
}

func critical(t *testing.T, value string) *analysis.Analyzer {
	t.Helper()
	copies, err := instance.Of([]*analysis.Analyzer{unlogged.Analyzer})
	if err != nil {
		t.Fatal(err)
	}
	f := copies[0].Flags.Lookup("critical")
	if err := f.Value.Set(value); err != nil {
		t.Fatal(err)
	}
	f.DefValue = value // which the copies of the copy begin with
	return copies[0]
}

func TestCriticalNames(t *testing.T) {
	f := unlogged.Analyzer.Flags.Lookup("critical")
	for _, value := range []string{"Charge", "(*pay.Gateway.Charge", "pay.Gateway).Charge"} {
		if err := f.Value.Set(value); err == nil {
			t.Errorf("-critical %q: no error", value)
		}
	}
	if err := f.Value.Set(""); err != nil {
		t.Error(err)
	}
}
