// Errvet follows errors from where they are born to where they end, and reports those that get lost on the way.
//
// It is a command of its own,
//
//	errvet [flags] [packages]
//
// and a tool for the go command:
//
//	go vet -vettool=$(which errvet) [packages]
//	go fix -fixtool=$(which errvet) [packages]
//
// "errvet help" tells of the flags, "errvet explain RULE" of a rule.
package main

import (
	"os"

	"github.com/errvet/errvet/cmd/errvet/internal/cli"
	"github.com/errvet/errvet/passes"
)

func main() {
	os.Exit(cli.Main(cli.Suite{
		Analyzers:  append(passes.Analyzers(), passes.Trace),
		Rules:      passes.Rules,
		Flavour:    "errvet.fixes",
		Everything: []string{"-errvet.all"},
	}))
}
