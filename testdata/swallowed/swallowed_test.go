package swallowed

import (
	"errors"
	"os"
	"testing"
)

func badInTest(t *testing.T, l ledger) {
	if err := l.Charge(order{}); err != nil { // want `^the branch for a failure of l.Charge \(line \d+\) is empty`
	}
}

func okInTest(t *testing.T, l ledger) {
	if err := l.Charge(order{}); err != nil {
		t.Errorf("charging: %v", err)
	}
	if err := l.Charge(order{}); err == nil || errors.Is(err, errRefused) {
		t.Errorf("got %v, want another error", err)
	}
	if _, err := os.Stat("ledger.db"); err != nil {
		t.Skip("no ledger: ", err)
	}
}

func okFatalInTest(t *testing.T, l ledger) {
	orders, err := l.Orders()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Charge(orders[0]); err == nil {
		t.Error("charged twice")
	}
}

func okSwaps(t *testing.T) {
	code := 0
	exit = func(c int) { code = c }
	defer func() { exit = os.Exit }()
	giveUp(errRefused)
	if code != 1 {
		t.Error(code)
	}
}
