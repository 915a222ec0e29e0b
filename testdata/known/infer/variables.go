package infer

import (
	"crypto/rand"
	"log"
	"os"

	"errvet.test/testdata/known/helper"
)

// Functions of other packages under names of this one.
var (
	remove  = os.Remove
	read    = rand.Read
	replace = rand.Read
	lent    = rand.Read
	own     = nothing
)

func removes(path string) error           { return remove(path) }                          // want "^kind outside$"
func reads(b []byte) error                { _, err := read(b); return err }                // want "^infallible$"
func removesThere(path string) error      { return helper.Remove(path) }                   // want "^kind outside$"
func readsThere(b []byte) error           { _, err := helper.Read(b); return err }         // want "^infallible$"
func replaced(b []byte) error             { _, err := replace(b); return err }             // may be another by then
func replacedThere(b []byte) error        { _, err := helper.Changed(b); return err }      // may be another by then
func lends(b []byte) error                { lender(&lent); _, err := lent(b); return err } // may be another by then
func byDefault() error                    { return own() }                                 // others are put there
func byDefaultThere() error               { return helper.Default() }                      // others are put there
func nothing() error                      { return nil }                                   // want "^infallible$"
func change(by func([]byte) (int, error)) { replace = by }                                 // want "^arg 0 stores$"
func lender(*func([]byte) (int, error))   {}

// Functions that the package holds in variables, as those do who want to test how they exit.
var (
	exit      = os.Exit
	fatal2    = log.Fatalf
	abort     func(code int)
	leave     = stop
	leaveOne  = func() { exit(1) }
	quiet     = os.Exit
	flagged   = os.Exit
	caught    = func() { defer func() { _ = recover() }(); panic("x") }
	unsettled func()
)

func init() {
	abort = func(code int) {
		log.Print("aborted")
		exit(code)
	}
}

func stop(code int) { // want "^noreturn$"
	exit(code)
}

func dieByVariable(err error) { // want "^arg 0 logs panics tests; kind log$"
	if err != nil {
		fatal2("x: %v", err)
	}
}

func dieByLater(err error) { // want "^noreturn; arg 0 logs exits; kind log$"
	log.Print(err)
	abort(1)
}

func dieByFunction() { // want "^noreturn$"
	leave(1)
}

func dieByLiteral() { // want "^noreturn$"
	leaveOne()
}

func dieThere() { // want "^noreturn$"
	helper.Exit(1)
}

func dieByFunctionThere(err error) { // want "^arg 0 panics tests drops$"
	if err != nil {
		helper.Fail()
	}
}

func silence() { quiet = func(int) {} }

func hand() *func(int) { return &flagged }

func backByQuiet()               { quiet(1) }
func backByFlagged()             { flagged(1) }
func backByRescued()             { caught() }
func backByUnset()               { unsettled() }
func backThere()                 { helper.Retry(1) }
func backByHandler()             { helper.OnFailure(nil) }
func backByParam(exit func(int)) { exit(1) } // want "^arg 0 calls$"

// For tests we have a way to put something else there.
var leaveForTests = os.Exit

// Which of them is taken depends on more.
var leaveBySetting = os.Exit

func SetLeave(by func(int)) { // want "^arg 0 stores$"
	leaveForTests, leaveBySetting = by, by
}

func dieForTests()   { leaveForTests(1) } // want "^noreturn$"
func backBySetting() { leaveBySetting(1) }
