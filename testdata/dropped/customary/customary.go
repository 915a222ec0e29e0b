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

// One caller says that the error is of no use, and the others drop it.

type hints struct{ dir string }

func (h *hints) note(name string) error {
	_, err := os.ReadDir(h.dir + name)
	return err
}

func badWaived(h *hints) {
	h.note("a") // want `^strict: h.note can fail`
}

func badWaive(h *hints) {
	_ = h.note("b") // want `^strict: the error of h.note is thrown away`
}

// Here the others look.
func (h *hints) find(ctx context.Context, a account) error {
	return a.Import(ctx, h.dir)
}

func badWaivedByOne(ctx context.Context, h *hints, a account) error {
	h.find(ctx, a) // want `^h.find can fail`
	return nil
}

func badWaiveOne(ctx context.Context, h *hints, a account) {
	_ = h.find(ctx, a) // want `^strict: the error of h.find is thrown away`
}

func okFound(ctx context.Context, h *hints, a account) error { return h.find(ctx, a) }

func okFoundToo(ctx context.Context, h *hints, a account) bool { return h.find(ctx, a) == nil }

func okFoundAgain(ctx context.Context, h *hints, a account) error {
	if err := h.find(ctx, a); err != nil {
		return err
	}
	return nil
}

// It logs what hurts, and gives the rest back in silence.
func (h *hints) heal(ctx context.Context, a account) error {
	if err := a.Import(ctx, h.dir); err != nil {
		debugf(ctx, "healing: %v", err)
	}
	return a.Import(ctx, "rest")
}

func debugf(ctx context.Context, format string, args ...any) {}

func badSpeaks(ctx context.Context, h *hints, a account) error {
	h.heal(ctx, a) // want `^strict: h.heal can fail`
	return nil
}

func within(ctx context.Context, h *hints, a account, do func(*hints) error) error {
	if err := a.Import(ctx, h.dir); err != nil {
		return err
	}
	return do(h)
}

func badClosureSpeaks(ctx context.Context, h *hints, a account) error {
	within(ctx, h, a, func(h *hints) error { // want `^strict: within can fail`
		if err := a.Ack("x"); err != nil {
			debugf(ctx, "acknowledging: %v", err)
			return err
		}
		return nil
	})
	return nil
}

func badClosureSilent(ctx context.Context, h *hints, a account) error {
	within(ctx, h, a, func(h *hints) error { return a.Ack("y") }) // want `^within can fail`
	return nil
}

func okSpeaks(ctx context.Context, h *hints, a account) error { return h.heal(ctx, a) }

func okSpeaksToo(ctx context.Context, h *hints, a account) error {
	if err := h.heal(ctx, a); err != nil {
		return err
	}
	return h.heal(ctx, a)
}

func okWithin(ctx context.Context, h *hints, a account) error {
	return within(ctx, h, a, func(h *hints) error { return nil })
}

func okWithinToo(ctx context.Context, h *hints, a account) (err error) {
	err = within(ctx, h, a, func(h *hints) error { return nil })
	return err
}

func okSpeaksThird(ctx context.Context, h *hints, a account) (errs []error) {
	return append(errs, h.heal(ctx, a))
}
