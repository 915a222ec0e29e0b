package infer

import (
	"log"
	"os"

	"errvet.test/testdata/known/helper"
)

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

func dieByVariable(err error) { // want "^arg 0 panics tests escapes$"
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
