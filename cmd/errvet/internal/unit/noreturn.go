package unit

import (
	_ "embed"
	"go/types"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/ctrlflow"
)

// noReturnTable lists the functions and methods of the standard library that never return, one a line, by their full
// names. It is what ctrlflow infers over std; the package's test compares the two and writes the file with -update.
//
//go:embed noreturn.txt
var noReturnTable string

var stdNoReturn = sync.OnceValue(func() map[string]bool {
	names := make(map[string]bool)
	for line := range strings.Lines(noReturnTable) {
		names[strings.TrimSpace(line)] = true
	}
	return names
})

// noReturnFact is ctrlflow's only fact, a type without content and without an exported name.
var noReturnFact = reflect.TypeOf(ctrlflow.Analyzer.FactTypes[0])

// neverReturns answers ctrlflow's question about functions of the standard library, whose units are not analysed.
func neverReturns(obj types.Object, ptr analysis.Fact) bool {
	fn, ok := obj.(*types.Func)
	return ok && reflect.TypeOf(ptr) == noReturnFact && stdNoReturn()[fn.FullName()]
}
