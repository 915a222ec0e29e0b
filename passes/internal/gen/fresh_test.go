package main

import (
	"strings"
	"testing"

	"github.com/errvet/errvet/passes"
)

// What follows from the table has to be written down as it follows.
func TestFresh(t *testing.T) {
	stale, err := generate(root(t), passes.Rules, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(stale) > 0 {
		t.Errorf("out of date: %s; run go generate ./passes", strings.Join(stale, ", "))
	}
}
