// Package errflow reads as the specification of the engine: behind each place where an error is born stands
// what becomes of it on the paths on which it is not nil. What is done with it comes first, in order, then
// how the path ends; different paths are parted by semicolons.
package errflow

import (
	"context"
	"errors"
	"log"
	"os"
)

// What the cases are made of: functions that can fail, and of which nothing else is known.

func work() error { return os.Chdir("work") }

func size(name string) (int64, error) {
	info, err := os.Stat(name) // want "^err: tested: returned$"
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func use(int64) {}

var errBusy = errors.New("busy")

// Paths, from birth to end.

func returned(name string) error {
	_, err := os.Open(name) // want "^err: returned$"
	return err
}

func testedAndReturned(name string) error {
	_, err := os.Open(name) // want "^err: tested: returned$"
	if err != nil {
		return err
	}
	return nil
}

func neverRead() {
	err := work() // want "^err: ignored$"
	_ = err
}

func logged() {
	if err := work(); err != nil { // want "^err: tested, logged: scope end$"
		log.Print(err)
	}
}

func ended() {
	if err := work(); err != nil { // want "^err: tested, logged: panicked$"
		log.Fatal(err)
	}
}

func swallowed() error {
	if err := work(); err != nil { // want "^err: tested: success returned$"
		return nil
	}
	return nil
}

func replaced() error {
	if err := work(); err != nil { // want "^err: tested: another error returned$"
		return errBusy
	}
	return nil
}

func left() {
	if err := work(); err != nil { // want "^err: tested: function left$"
		return
	}
	use(1)
}

func otherMayBeNil() error {
	err := work()  // want "^err: tested: another error returned that may be nil$"
	err2 := work() // want "^err2: returned; success returned$"
	if err != nil {
		return err2
	}
	return nil
}

func statement() {
	work() // want "^work: dropped as a statement$"
}

func discarded() {
	_ = work()       // want "^work: assigned to _$"
	_, _ = size("a") // want "^size: assigned to _$"
}

func tested() {
	if work() != nil { // want "^work: tested: scope end$"
		use(1)
	}
}

func resultUsed(name string) error {
	f, err := os.Open(name) // want "^err: result used, tested: returned$"
	defer f.Close()         // want "^f\\.Close: dropped by defer$"
	if err != nil {
		return err
	}
	return nil
}

func foldedIntoNumber() int {
	n, err := size("a") // want "^err: tested: function left$"
	if err != nil {
		return -1
	}
	return int(n)
}

func customWithout() error {
	err := work() // want "^err: tested: another error returned$"
	if err != nil {
		return &os.PathError{Op: "work"}
	}
	return nil
}

func panicsWithNothingElse(cond bool) {
	err := work() // want "^err: tested, logged: function left; exited$"
	if cond {
		panic("cond")
	}
	if err != nil {
		log.Print(err)
	}
}

func contextOf(ctx context.Context) error {
	err := work() // want "^err: another error returned; returned$"
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func testedByOther() (int64, error) {
	n, err := size("a") // want "^err: sided.weighed: success returned; sided.weighed: returned$"
	if n == 0 {
		return 0, nil
	}
	return n, err
}

func both() (int64, error) { return size("a") }

func multi() (int64, error) {
	n, err := both() // want "^err: returned$"
	return n, err
}

func conditionWithCall() error {
	if n, err := size("a"); err != nil || n == 0 { // want "^err: tested: returned$"
		return err
	}
	return nil
}

func falseBranch() error {
	err := work() // want "^err: tested: returned$"
	if err == nil {
		use(1)
	} else {
		return err
	}
	return nil
}

func emptyElse() error {
	err := work() // want "^err: tested: success returned$"
	if err == nil {
		use(1)
	} else {
	}
	return nil
}

// Reuse of one variable.

func reused() error {
	err := work() // want "^err: tested: returned$"
	if err != nil {
		return err
	}
	err = work() // want "^err: returned$"
	return err
}

func overwritten() error {
	err := work() // want "^err: overwritten$"
	err = work()  // want "^err: returned$"
	return err
}

func reusedByTuple() (int64, error) {
	a, err := size("a") // want "^err: overwritten$"
	b, err := size("b") // want "^err: returned$"
	return a + b, err
}

func copied() error {
	err := work() // want "^err: tested: returned$"
	first := err
	err = work() // want "^err: another error returned; returned$"
	if first != nil {
		return first
	}
	return err
}

func wrappedInPlace() error {
	err := work() // want "^err: tested: wrapped$"
	if err != nil {
		err = errors.Join(errBusy, err)
	}
	return err
}

func setToNil() error {
	err := work() // want "^err: overwritten$"
	err = nil
	return err
}

func varWithValue() error {
	var err error = work() // want "^err: returned$"
	return err
}

func inParallel() error {
	a, b := work(), work() // want "^a: tested: returned$" "^b: another error returned; returned$"
	if a != nil {
		return a
	}
	return b
}

func lostInSwap() error {
	a := work() // want "^a: overwritten$"
	b := work() // want "^b: returned$"
	a, b = b, nil
	if b != nil {
		return b
	}
	return a
}

func eitherBranch(quick bool) error {
	var err error
	if quick {
		err = work() // want "^err: tested: returned$"
	} else {
		_, err = size("a") // want "^err: tested: returned$"
	}
	if err != nil {
		return err
	}
	return nil
}

func overwrittenInHandler() error {
	err := work() // want "^err: tested: overwritten$"
	if err != nil {
		err = work() // want "^err: returned$"
	}
	return err
}

func twice() error {
	err := work() // want "^err: tested, logged: returned$"
	if err != nil {
		log.Print(err)
	}
	if err != nil {
		return err
	}
	return nil
}

func joinedWithNil() error {
	var all error
	if err := work(); err != nil { // want "^err: tested: overwritten; tested: returned$"
		all = err
	}
	if err := work(); err != nil { // want "^err: tested: returned$"
		all = err
	}
	return all
}

func firstWins() error {
	err := work()                   // want "^err: tested: returned$"
	if err2 := work(); err == nil { // want "^err2: scope end; returned$"
		err = err2
	}
	return err
}

// Scopes.

func shadowed() error {
	var err error
	if true {
		_, err := size("a") // want "^err: tested, logged: scope end$"
		if err != nil {
			log.Print(err)
		}
	}
	return err
}

func shadowedAndReturned() error {
	err := work() // want "^err: returned$"
	{
		err := work() // want "^err: logged: scope end$"
		log.Print(err)
	}
	return err
}

func initScope() error {
	if err := work(); err != nil { // want "^err: tested: returned$"
		return err
	}
	if n, err := size("a"); err == nil { // want "^err: tested: scope end$"
		use(n)
	}
	if _, err := size("b"); err != nil { // want "^err: tested: returned$"
		return err
	} else if _, err := size("c"); err != nil { // want "^err: tested, logged: scope end$"
		log.Print(err)
	}
	return nil
}

func elseScope() error {
	if n, err := size("a"); err != nil { // want "^err: tested: returned$"
		return err
	} else {
		use(n)
	}
	return nil
}

func switchInitScope() error {
	switch n, err := size("a"); { // want "^err: tested: returned$"
	case err != nil:
		return err
	case n > 0:
		use(n)
	}
	return nil
}
