package errflow

import (
	"errors"
	"fmt"
	"os"
)

// Functions that never return.

func exits() {
	if err := work(); err != nil { // want "^err: tested: exited$"
		os.Exit(1)
	}
}

func die(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format, args...) // want "^fmt\\.Fprintf: dropped as a statement$"
	os.Exit(1)
}

func dies() {
	err := work() // want "^err: tested, printed: exited$"
	if err != nil {
		die("cannot work: %v", err)
	}
}

func diesWithoutIt() {
	err := work() // want "^err: tested: exited$"
	if err != nil {
		die("cannot work")
	}
}

func check(err error) { // want "^err: tested: panicked$"
	if err != nil {
		panic(err)
	}
}

func must[T any](v T, err error) T { // want "^err: tested: panicked$"
	if err != nil {
		panic(err)
	}
	return v
}

func checked() {
	err := work() // want "^err: tested: checked by a call that does not return$"
	check(err)
	n, err := size("a") // want "^err: tested: checked by a call that does not return$"
	check(err)
	use(n)
}

func checkedInPlace() {
	check(work())
	use(must(size("a")))
}

func checkedOneTurnLate(names []string) {
	var err error
	for _, name := range names {
		check(err)
		_, err = size(name) // want "^err: function left; tested: checked by a call that does not return$"
	}
}

// Generics.

func first[T any](list []T, f func(T) error) error {
	for _, v := range list {
		if err := f(v); err != nil { // want "^err: tested: returned$"
			return err
		}
	}
	return nil
}

func lastOf[T any, E error](list []T, f func(T) (T, error), fail func(T) E) (T, error) {
	var zero T
	for _, v := range list {
		v, err := f(v) // want "^err: tested: success returned$"
		if err != nil {
			return zero, nil
		}
		if e := fail(v); error(e) != nil {
			return v, e
		}
	}
	return zero, nil
}

func instantiated() error {
	err := first([]int{1}, func(int) error { return work() }) // want "^err: tested: wrapped$"
	if err != nil {
		return fmt.Errorf("first: %w", err)
	}
	return nil
}

type list[T any] struct{ err error }

func (l *list[T]) add(v T) {
	if l.err != nil {
		return
	}
	l.err = work()
}

func (l *list[T]) done() error { return l.err }

func resultOfInfallible() error {
	f := func() error { return nil }
	err := f() // want "^err: returned$"
	return err
}

// Wrapping and flattening.

func wrapped() error {
	if err := work(); err != nil { // want "^err: tested: wrapped$"
		return fmt.Errorf("working: %w", err)
	}
	return nil
}

func flattened() error {
	if err := work(); err != nil { // want "^err: tested: flattened$"
		return fmt.Errorf("working: %v", err)
	}
	return nil
}

func flattenedByText() error {
	if err := work(); err != nil { // want "^err: tested, rendered: flattened$"
		return errors.New("working: " + err.Error())
	}
	return nil
}

func wrappedIntoVariable() error {
	err := work() // want "^err: tested: wrapped$"
	if err != nil {
		err = fmt.Errorf("working: %w", err) // want "^err: returned$"
	}
	return err
}

func wrappedThenLost() {
	err := work() // want "^err: tested: wrapped$"
	if err != nil {
		wrapped := fmt.Errorf("working: %w", err) // want "^wrapped: tested: scope end$"
		if wrapped != nil {
			use(1)
		}
	}
}

func embedded() error {
	type wrapper struct{ error }
	err := work() // want "^err: tested: returned\\+stored$"
	if err != nil {
		return wrapper{err}
	}
	return nil
}

func custom() error {
	err := work() // want "^err: tested: stored$"
	if err != nil {
		return &os.PathError{Op: "work", Err: err}
	}
	return nil
}

func printed() {
	if err := work(); err != nil { // want "^err: tested, printed: exited$"
		fmt.Fprintln(os.Stderr, err) // want "^fmt\\.Fprintln: dropped as a statement$"
		os.Exit(1)
	}
}

func sprinted() string {
	err := work() // want "^err: flattened$"
	s := fmt.Sprint(err)
	return s
}

func renderedOnly() int {
	err := work() // want "^err: rendered: function left$"
	return len(err.Error())
}

func argument() error {
	err := fmt.Errorf("first: %w", work()) // want "^err: returned$"
	return err
}

// Parameters.

func parameterReplaced(err error) error { // want "^err: overwritten$"
	err = work() // want "^err: returned$"
	return err
}

func parameterTested(err error) error { // want "^err: tested: wrapped$"
	if err != nil {
		return fmt.Errorf("more: %w", err)
	}
	return nil
}

func parameterUnread(err error) {} // want "^err: function left$"
