package errflow

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
)

func failedOf() {
	err := work() // want "^err: tested, logged: function left$"
	failed := err != nil
	if failed {
		log.Print(err)
	}
}

func okReturned() bool {
	err := work() // want "^err: (tested: )?folded$"
	ok := err == nil
	return ok
}

func asType() error {
	_, err := os.Open("a") // want "^err: matched; unmatched: returned$"
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		log.Print(pe.Path)
		return nil
	}
	return err
}

func asTypeLost() {
	_, err := os.Open("a") // want "^err: unmatched: function left; matched$"
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		log.Print(pe.Path)
	}
}

func typeSwitch() error {
	switch err := work().(type) { // want "^(err|work): tested: matched; tested, unmatched: returned$"
	case nil:
		return nil
	case *fs.PathError:
		return err
	default:
		return err
	}
}

func selectedInLoop(ctx context.Context, errs chan error) error {
	for {
		select {
		case err, ok := <-errs: // want "^err: logged: scope end$"
			if !ok {
				return nil
			}
			log.Print(err)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func typeSwitchClauseVariable() error {
	err := work() // want "^err: tested: matched; tested, unmatched: returned$"
	switch e := err.(type) {
	case nil:
		return nil
	case *fs.PathError:
		return e.Err
	default:
		return e
	}
}

func typeSwitchClauseVariableLogged() {
	err := work() // want "^err: unmatched, logged: function left; matched$"
	switch e := err.(type) {
	case *fs.PathError:
		log.Print(e.Path)
	default:
		log.Print(e)
	}
}

func typeSwitchTwoTypes() error {
	err := work() // want "^err: matched; unmatched: matched; unmatched, tested: wrapped$"
	switch e := err.(type) {
	case *fs.PathError, *os.LinkError:
		return nil
	case nil:
		return nil
	default:
		return fmt.Errorf("other: %w", e)
	}
}

func swapped() error {
	a := work() // want "^a: another error returned; returned$"
	b := work() // want "^b: tested: returned$"
	a, b = b, a
	if a != nil {
		return a
	}
	return b
}

func foldedByIs() bool {
	err := work() // want "^err: (tested: )?folded$"
	return errors.Is(err, errBusy)
}

func sameAs(other error) error { // want "^other: (tested|passed)"
	err := work() // want "^err: matched; unmatched: returned$"
	if err == other {
		return nil
	}
	return err
}

func switchTrue() error {
	err := work() // want "^err: tested: returned$"
	switch true {
	case err != nil:
		return err
	}
	return nil
}

func intoOuter() (func() error, error) {
	var kept error
	f := func() error { return kept }
	err := work() // want "^err: tested: captured$"
	if err != nil {
		kept = err
	}
	return f, nil
}

func comparedWithLocal() error {
	stop := errors.New("stop") // want "^stop: (tested|passed)"
	err := work()              // want "^err: matched; unmatched: returned$"
	if err == stop {
		return nil
	}
	return err
}

func twoCompared() error {
	a := work() // want "^a: matched; unmatched: success returned$"
	b := work() // want "^b: (tested|passed)"
	if a != b {
		return a
	}
	return nil
}

func nestedInLine() error {
	var err error
	func() {
		func() {
			err = work() // want "^err: tested: returned$"
		}()
		if err != nil {
			return
		}
		use(1)
	}()
	return err
}

func keptForClosure(register func(func() error)) error {
	var kept error
	register(func() error { return kept })
	if err := work(); err != nil { // want "^err: tested: captured$"
		kept = err
	}
	return nil
}

func keptForGoroutine() {
	var kept error
	done := make(chan bool)
	go func() {
		<-done
		log.Print(kept)
	}()
	kept = work() // want "^kept: captured$"
	done <- true
}

func notFound(err error) bool { return os.IsNotExist(err) } // want "^err: (tested: )?folded$"

func asked() bool {
	_, err := os.Stat("a") // want "^err: (tested: )?folded$"
	return notFound(err)
}

func askedNot() bool {
	_, err := os.Stat("a") // want "^err: (tested: )?folded$"
	return !os.IsNotExist(err)
}

func askedIntoFlag() (bool, error) {
	_, err := os.Stat("a") // want "^err: folded$"
	found := !os.IsNotExist(err)
	return found, nil
}

func asTypeFlag() bool {
	_, err := os.Open("a") // want "^err: (tested: )?folded$"
	_, ok := errors.AsType[*os.PathError](err)
	return ok
}

func asTypeIf() error {
	_, err := os.Open("a") // want "^err: tested: matched; tested, unmatched: returned$"
	if err != nil {
		if pe, ok := errors.AsType[*os.PathError](err); ok {
			return fmt.Errorf("path %s", pe.Path)
		}
		return err
	}
	return nil
}
