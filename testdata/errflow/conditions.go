package errflow

import (
	"errors"
)

// && || !

func andBehind(strict bool) error {
	err := work() // want "^err: tested: returned; tested: success returned$"
	if err != nil && strict {
		return err
	}
	return nil
}

func andBefore(strict bool) error {
	err := work() // want "^err: tested: returned; success returned$"
	if strict && err != nil {
		return err
	}
	return nil
}

func or(done bool) error {
	err := work() // want "^err: tested: returned$"
	if err != nil || done {
		return err
	}
	return nil
}

func not() error {
	err := work() // want "^err: tested: returned$"
	if !(err == nil) {
		return err
	}
	return nil
}

func eitherOfTwo() error {
	a := work() // want "^a: tested: another error returned$"
	b := work() // want "^b: another error returned; tested: another error returned$"
	if a != nil || b != nil {
		return errBusy
	}
	return nil
}

func bothOfTwo() error {
	a := work() // want "^a: tested: wrapped; tested: success returned$"
	b := work() // want "^b: tested: wrapped; success returned$"
	if a != nil && b != nil {
		return errors.Join(a, b)
	}
	return nil
}

func deMorgan() error {
	err := work()        // want "^err: tested: wrapped$"
	n, err2 := size("a") // want "^err2: tested: wrapped; wrapped$"
	if !(err == nil && err2 == nil) {
		return errors.Join(err, err2)
	}
	use(n)
	return nil
}

func yoda() error {
	if err := work(); nil != err { // want "^err: tested: returned$"
		return err
	}
	return nil
}

// Equalities.

func okOf() error {
	err := work() // want "^err: tested: returned$"
	ok := err == nil
	if !ok {
		return err
	}
	return nil
}

func okOfLost() bool {
	err := work() // want "^err: tested: function left$"
	ok := err == nil
	if ok {
		use(1)
	}
	return true
}

func foldedIntoBool() bool {
	err := work() // want "^err: folded$"
	return err == nil
}

func copyTested() error {
	err := work() // want "^err: tested: returned$"
	e := err
	if e != nil {
		return err
	}
	return nil
}

func flagSetInHandler() bool {
	bad := false
	if err := work(); err != nil { // want "^err: tested: scope end$"
		bad = true
	}
	return bad
}

func foldedTogether() bool {
	err := work() // want "^err: tested, unmatched: folded; tested: matched$"
	return err != nil && !errors.Is(err, errBusy)
}

func foldedIntoArgument(f func(bool)) {
	err := work() // want "^err: folded$"
	f(err == nil)
}

func foldedIntoField() (j struct{ ok bool }) {
	err := work() // want "^err: folded$"
	j.ok = err == nil
	return j
}

func flagNegated() error {
	err := work() // want "^err: tested: returned$"
	bad := !(err == nil)
	if bad {
		return err
	}
	return nil
}

func flagTogether(strict bool) error {
	err := work() // want "^err: tested: folded$"
	bad := err != nil && strict
	if bad {
		return err
	}
	return nil
}

func flagKept() error {
	n, err := size("a") // want "^err: tested: returned$"
	ok := err == nil
	if ok {
		use(n)
	}
	if !ok {
		return err
	}
	return nil
}

func flagReassigned() error {
	err := work() // want "^err: tested: overwritten$"
	ok := err == nil
	err = work() // want "^err: another error returned; returned$"
	if !ok {
		return errBusy
	}
	return err
}

// Helper predicates.

func failed(err error) bool { return err != nil } // want "^err: folded$"

func isBusy(err error) bool { return err == errBusy } // want "^err: folded$"

func byHelper() error {
	if err := work(); failed(err) { // want "^err: tested: returned$"
		return err
	}
	return nil
}

func byNegatedHelper() error {
	err := work() // want "^err: tested: returned$"
	if !failed(err) {
		return nil
	}
	return err
}

func byKindHelper() error {
	err := work() // want "^err: matched; unmatched: returned$"
	if isBusy(err) {
		return nil
	}
	return err
}

func byKindHelperLost() {
	err := work() // want "^err: unmatched: function left; matched$"
	if isBusy(err) {
		use(1)
	}
}
