// Package customary drops the error of one function as a matter of course, and
// that of another by mistake.
package customary

import (
	"context"
	"os"
)

type account interface {
	// Unsubscribe fails on a subscription that has gone.
	Unsubscribe(id string) error
	// Ack is always looked at.
	Ack(id string) error
	// Import is looked at by all callers but one.
	Import(ctx context.Context, subject string) error
}

func badHabit(a account) {
	a.Unsubscribe("a") // want `^strict: a.Unsubscribe can fail, and nobody takes its error`
}

func badHabitDeferred(a account) {
	defer a.Unsubscribe("b") // want `^strict: the deferred a.Unsubscribe can fail`
}

func badHabitAgain(a account) {
	a.Unsubscribe("c") // want `^strict: a.Unsubscribe can fail`
}

func okHabitBroken(a account) error {
	return a.Unsubscribe("d")
}

// The only one that does not look is the one that made a mistake.
func badException(ctx context.Context, a account) error {
	a.Import(ctx, "orders") // want `^a.Import can fail`
	return nil
}

func okRule(ctx context.Context, a account) error {
	if err := a.Import(ctx, "orders"); err != nil {
		return err
	}
	return a.Import(ctx, "refunds")
}

// What persists is no matter of custom.

func badAlwaysPersisted(name string) {
	os.Symlink(name, "latest") // want `^os.Symlink can fail`
}

func badAlwaysPersistedToo(name string) {
	os.Symlink(name, "previous") // want `^os.Symlink can fail`
}

func badAlwaysPersistedAgain(name string) {
	os.Symlink(name, "next") // want `^os.Symlink can fail`
}

func okHandled(a account, report func(error)) { report(a.Ack("e")) }

func okChecked(name string) error { return os.Symlink(name, "first") }

func okTested(a account) bool { return a.Ack("f") == nil }

func okSwitched(a account) int {
	switch err := a.Ack("g"); {
	case err != nil:
		return 1
	}
	return 0
}

func okSent(a account, errs chan<- error) { errs <- a.Ack("h") }

func okKept(a account) (errs []error) {
	errs = append(errs, a.Ack("i"))
	return errs
}

func okPanics(a account) {
	if err := a.Ack("j"); err != nil {
		panic(err)
	}
}

func okNamed(a account) (err error) {
	err = a.Ack("k")
	return
}

func okWrapped(a account) error {
	return wrap(a.Ack("l"))
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return &wrapped{err}
}

type wrapped struct{ error }
