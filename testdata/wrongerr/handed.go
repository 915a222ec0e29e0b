package wrongerr

import (
	pkgerrors "github.com/pkg/errors"
)

type hooks struct{ onStep func(step int, err error) }

func step(n int) error {
	if n > 3 {
		return pkgerrors.New("too far")
	}
	return nil
}

// What becomes an argument is told of success, too, by nil.
func okHandedAsIs(h hooks, n int) error {
	err := step(n)
	if err != nil {
		return err
	}
	if h.onStep != nil {
		h.onStep(n, pkgerrors.WithStack(err))
	}
	return nil
}

func okHandedBefore(h hooks, n int) error {
	err := step(n)
	if h.onStep != nil {
		h.onStep(n, pkgerrors.WithStack(err))
	}
	return err
}

func badReturnedInBranch(h hooks, n int) error {
	err := step(n)
	if err != nil {
		return err
	}
	if h.onStep == nil {
		return pkgerrors.WithStack(err) // want `^err is nil where it is wrapped: the new error has no cause`
	}
	return nil
}

func badWrappedTwice(h hooks, n int) error {
	err := step(n)
	if err != nil {
		return err
	}
	if h.onStep == nil {
		return pkgerrors.WithMessage(pkgerrors.WithStack(err), "no hook") // want `^err is nil where it is wrapped: the new error has no cause`
	}
	return nil
}

func badStepCollected(h hooks, n int) (errs []error) {
	err := step(n)
	if err != nil {
		return []error{err}
	}
	if h.onStep == nil {
		errs = append(errs, pkgerrors.WithStack(err)) // want `^err is nil where it is wrapped: the new error has no cause`
	}
	return errs
}

func okStepCollected(h hooks, n int) (errs []error) {
	if err := step(n); err != nil {
		errs = append(errs, pkgerrors.WithStack(err))
	}
	return errs
}

func okWrappedTwice(n int) error {
	return pkgerrors.WithMessage(pkgerrors.WithStack(step(n)), "a step")
}
