package wrongerr

import (
	"context"
	"errors"
	"log"
	"os"

	pkgerrors "github.com/pkg/errors"
)

// helm: the first call's error is returned, untested so far, where the second one's was found.
func badReturnsUntested(s store, convert func(map[string]string) (item, error)) (item, error) {
	m, err := s.Load("deployed")
	it, cerr := convert(m)
	if cerr != nil {
		return item{}, err // want `^err, which may be nil, is returned: the error at hand is cerr`
	}
	if err != nil {
		return item{}, err
	}
	return it, nil
}

// Logged on the way.
func badReturnsOther(s store) error {
	_, err := s.Load("a")
	closeErr := s.Close()
	if closeErr != nil {
		log.Print("closing failed")
		return err // want `^err, which may be nil, is returned: the error at hand is closeErr`
	}
	return err
}

// A comment right above the test that says so is a reason.
func okSaysSo(s store) error {
	_, err := s.Load("a")
	// Ignore the error of closing, and give the one from before.
	if closeErr := s.Close(); closeErr != nil {
		return err // want `^silenced\(comment\): err, which may be nil, is returned`
	}
	return err
}

func badSaysNothing(s store) error {
	_, err := s.Load("a")
	// Closing comes first.
	if closeErr := s.Close(); closeErr != nil {
		return err // want `^err, which may be nil, is returned`
	}
	return err
}

func okSaysAndTests(s store) error {
	_, err := s.Load("a")
	if err == nil {
		// Ignore the error of closing here.
		_ = s.Close()
	}
	return err
}

func okSaysAndJoins(s store) error {
	_, err := s.Load("a")
	if closeErr := s.Close(); closeErr != nil {
		return errors.Join(err, closeErr)
	}
	return err
}

// Handed in to be made better, and given back where that fails.
func okHandedIn(s store, err error) error {
	closeErr := s.Close()
	if closeErr != nil {
		return err
	}
	return errors.Join(err, errors.New("closed"))
}

func okHandedInLogged(s store, orig error) error {
	_, err := s.Load("link")
	if err != nil {
		log.Print("no link")
		return orig
	}
	return errors.New("a link")
}

// The first error goes first, and the test has found it.
func okFirstGoesFirst(s store) error {
	_, err := s.Load("a")
	cerr := s.Close()
	if err != nil {
		return err
	}
	return cerr
}

// Found before: the clean-up's error is of less interest.
func okCleanUp(s store) error {
	_, err := s.Load("a")
	if err != nil {
		if cerr := s.Close(); cerr != nil {
			return err
		}
	}
	return err
}

// Both are asked.
func okBothAsked(s store) error {
	_, err := s.Load("a")
	cerr := s.Close()
	if err != nil || cerr != nil {
		return errors.Join(err, cerr)
	}
	return nil
}

func okEitherAsked(s store) error {
	_, err := s.Load("a")
	cerr := s.Close()
	if cerr != nil && err != nil {
		return err
	}
	return cerr
}

// The error at hand is told.
func okLoggedFirst(s store) error {
	_, err := s.Load("a")
	if cerr := s.Close(); cerr != nil {
		log.Print("closing: ", cerr)
		return err
	}
	return err
}

// A copy.
func okCopied(s store) error {
	_, err := s.Load("a")
	first := err
	if first != nil {
		return err
	}
	return s.Close()
}

// What is returned is made there.
func okMadeThere(s store) error {
	_, err := s.Load("a")
	cerr := s.Close()
	if cerr != nil {
		_, err = s.Load("b")
		return err
	}
	return err
}

// The context's end explains err.
func okContext(ctx context.Context, s store) error {
	_, err := s.Load("a")
	if ctx.Err() != nil {
		return err
	}
	return err
}

// prometheus: the error at hand is in what is returned, whatever kind it is.
func okCollected(s store, names []string) (errs error) {
	for _, name := range names {
		if _, err := s.Load(name); err != nil {
			errs = errors.Join(errs, err)
			if errors.Is(err, context.Canceled) {
				return errs
			}
		}
	}
	return errs
}

// moby: another way was tried.
func okOtherWay(s store) error {
	if _, err := s.Load("a"); err != nil {
		_, err := s.Load("b")
		return err
	}
	return nil
}

// What is done with an error that is nil where no error is at hand.

func badTextOfNil(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", err
	} else if len(b) == 0 {
		return "", nil
	}
	return err.Error(), nil // want `^err is nil here: to ask for its text panics`
}

func badWrapsNothing(first, second string) error {
	_, err := os.Stat(first)
	if err != nil {
		return pkgerrors.Wrap(err, "asking for the first")
	}
	if first != second {
		return pkgerrors.Wrap(err, "the names differ") // want `^err is nil where it is wrapped: the new error has no cause`
	}
	return nil
}

func okTextOfError(name string) string {
	if _, err := os.Stat(name); err != nil {
		return err.Error()
	}
	return ""
}

func okWrapsWhatIsThere(name string) error {
	_, err := os.Stat(name)
	if err != nil {
		return pkgerrors.Wrap(err, "asking")
	}
	return pkgerrors.Wrap(err, "nothing to wrap at the end")
}

func okTextBehindTest(name string) (text string) {
	_, err := os.Stat(name)
	if err != nil && name != "" {
		text = err.Error()
	}
	return text
}

func okWrapsLast(first, second string) error {
	_, err := os.Stat(first)
	if err == nil && first != second {
		_, err = os.Stat(second)
		return pkgerrors.Wrap(err, "asking for the second")
	}
	return err
}
