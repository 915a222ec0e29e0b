package errflow

import (
	"errors"
	"fmt"
	"log"
	"os"
)

// Named results.

func nakedReturn() (err error) {
	err = work() // want "^err: returned$"
	return
}

func nakedReturnOfTwo() (n int64, err error) {
	n, err = size("a") // want "^err: tested: returned$"
	if err != nil {
		return
	}
	n++
	return
}

func namedButReplaced() (err error) {
	err = work() // want "^err: tested: success returned$"
	if err != nil {
		return nil
	}
	return
}

func namedShadowed() (err error) {
	if n, err := size("a"); n > 0 { // want "^err: sided.weighed: scope end; sided.weighed, tested: returned$"
		use(n)
	} else if err != nil {
		return err
	}
	return
}

func namedOverwritten() (err error) {
	err = work() // want "^err: overwritten$"
	err = work() // want "^err: returned$"
	return
}

func twoReturns(quick bool) (err error) {
	if quick {
		err = work() // want "^err: returned$"
		return
	}
	err = work() // want "^err: success returned$"
	return nil
}

func blankNamed() (_ int64, _ error) {
	n, err := size("a") // want "^err: tested: success returned$"
	if err != nil {
		return
	}
	return n, nil
}

func shadowedResult() (err error) {
	{
		err := work() // want "^err: tested: scope end$"
		if err != nil {
			use(1)
		}
	}
	return
}

// Named results in deferred closures.

func closedByDefer(name string) (err error) {
	f, err := os.Open(name) // want "^err: tested: returned$"
	if err != nil {
		return err
	}
	defer func() { // want "^err: left to the enclosing function; tested: left to the enclosing function$"
		if cerr := f.Close(); cerr != nil && err == nil { // want "^cerr: tested: left to the enclosing function; tested: scope end$"
			err = cerr
		}
	}()
	err = work() // want "^err: returned$"
	return err
}

func wrappedByDefer() (err error) {
	defer func() { // want "^err: tested: wrapped$"
		if err != nil {
			err = fmt.Errorf("wrapping: %w", err) // want "^err: left to the enclosing function$"
		}
	}()
	return work()
}

func wrappedByDeferOfVariable() (err error) {
	defer func() { // want "^err: tested: wrapped$"
		if err != nil {
			err = fmt.Errorf("wrapping: %w", err) // want "^err: left to the enclosing function$"
		}
	}()
	if err = work(); err != nil { // want "^err: tested: returned$"
		return err
	}
	_, err = size("a") // want "^err: returned$"
	return
}

func maskedByDefer(f *os.File) (err error) {
	defer func() { // want "^err: overwritten$"
		err = f.Close() // want "^err: left to the enclosing function$"
	}()
	return work()
}

func keptByDefer(f *os.File) (err error) {
	err = work()   // want "^err: returned$"
	defer func() { // want "^err: tested: left to the enclosing function$"
		if cerr := f.Close(); err == nil { // want "^cerr: left to the enclosing function; scope end$"
			err = cerr
		}
	}()
	return
}

func setByDefer() (err error) {
	defer func() { err = work() }() // want "^err: overwritten$" "^err: left to the enclosing function$"
	if e := work(); e != nil {      // want "^e: tested: left to a deferred closure that sets the result$"
		return nil
	}
	return nil
}

func readByDefer() {
	var err error
	defer func() {
		if err != nil {
			use(1)
		}
	}()
	err = work() // want "^err: tested: function left$"
}

func loggedByDefer() {
	var err error
	defer func() { fmt.Println("done:", err) }() // want "^fmt\\.Println: dropped as a statement$"
	err = work()                                 // want "^err: printed: function left$"
}

func unnamedSetByDefer(f *os.File) error {
	var err error
	defer func() {
		err = f.Close() // want "^err: function left$"
	}()
	err = work() // want "^err: returned$"
	return err
}

func pointerForDefer() (err error) {
	defer annotate(&err)
	return work()
}

func pointerForDeferOfVariable() (err error) {
	defer annotate(&err)
	err = work() // want "^err: returned$"
	return err
}

func annotate(err *error) {
	if *err != nil {
		*err = fmt.Errorf("annotated: %w", *err)
	}
}

func deferInLoop(names []string) (err error) {
	for _, name := range names {
		f, err := os.Open(name) // want "^err: tested: returned$"
		if err != nil {
			return err
		}
		defer func() {
			if cerr := f.Close(); cerr != nil { // want "^cerr: tested: function left$"
				err = cerr
			}
		}()
	}
	return nil
}

func deferIgnores(f *os.File) {
	defer func() { _ = f.Close() }() // want "^f\\.Close: assigned to _$"
}

func deferLogs(f *os.File) {
	defer func() {
		if err := f.Close(); err != nil { // want "^err: tested, logged: scope end$"
			log.Print(err)
		}
	}()
}

func deferWithLoop() (err error) {
	defer func() { // want "^err: tested: overwritten$"
		for err != nil {
			err = work() // want "^err: tested: overwritten$"
		}
	}()
	return work()
}

func localDeferred() (err error) {
	done := func() {
		if err != nil {
			log.Print(err)
		}
	}
	defer done()
	err = work() // want "^err: success returned$"
	return nil
}

type store struct{ last error }

func (s *store) get() (v int64, err error) {
	defer func() { s.last = err }() // want "^err: stored$"
	v, err = size("a")              // want "^err: returned$"
	return
}

func namedByTwoDefers() (err error) {
	defer func() { log.Print(err) }() // want "^err: logged: left to the enclosing function$"
	defer func() {                    // want "^err: tested: left to the enclosing function$"
		if err == nil {
			err = work() // want "^err: left to the enclosing function$"
		}
	}()
	return work()
}

func joinedByDefer(f *os.File) (err error) {
	defer func() { err = errors.Join(err, f.Close()) }() // want "^err: wrapped$"
	return work()
}
func argumentOfDefer() {
	err := work()                   // want "^err: passed$"
	defer fmt.Println("done:", err) // want "^fmt\\.Println: dropped by defer$"
}

func deferredPrint() {
	err := work() // want "^err: passed$"
	defer log.Print(err)
}

// Order of deferred calls: the last one runs first.

func lastDeferRunsFirst() (err error) {
	defer func() { // want "^err: tested: wrapped$"
		if err != nil {
			err = fmt.Errorf("outer: %w", err) // want "^err: left to the enclosing function$"
		}
	}()
	defer func() { // want "^err: left to the enclosing function; overwritten$"
		if cerr := work(); cerr != nil { // want "^cerr: tested: left to the enclosing function$"
			err = cerr
		}
	}()
	return nil
}

func deferBehindTheReturn(quick bool) error {
	err := work() // want "^err: success returned; printed: success returned$"
	if quick {
		return nil
	}
	defer func() { use(1); fmt.Println(err) }() // want "^fmt\\.Println: dropped as a statement$"
	return nil
}

func deferInABranch(verbose bool) {
	err := work() // want "^err: function left; panicked by a deferred call$"
	if verbose {
		defer func() { panic(err) }()
	}
}

// Panics and recover.

func recovered() (err error) {
	defer func() { // want "^err: left to the enclosing function; overwritten$"
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r) // want "^err: left to the enclosing function$"
		}
	}()
	if err := work(); err != nil { // want "^err: tested: panicked$"
		panic(err)
	}
	return work()
}

func recoveredBesideError() (err error) {
	defer func() { // want "^err: left to the enclosing function; overwritten$"
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r) // want "^err: left to the enclosing function$"
		}
	}()
	err = work() // want "^err: returned$"
	use(1)
	return err
}

func panicsOnError() {
	if err := work(); err != nil { // want "^err: tested: flattened$"
		panic(fmt.Sprintf("cannot work: %v", err))
	}
}

func panicsInstead() {
	if err := work(); err != nil { // want "^err: tested: exited$"
		panic("cannot work")
	}
}
