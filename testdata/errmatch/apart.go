package errmatch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// VictoriaMetrics: what is not there comes as it is, and the rest wrapped.
func readState(path string, v any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		if os.IsNotExist(err) {
			return err
		}
		return fmt.Errorf("cannot read %q: %w", path, err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("cannot unmarshal %q: %w", path, err)
	}
	return nil
}

func okToldApart(path string, v any) bool {
	err := readState(path, v)
	return os.IsNotExist(err)
}

func okToldApartByIs(path string, v any) bool {
	return errors.Is(readState(path, v), fs.ErrNotExist)
}

func badOtherKind(path string, v any) bool {
	err := readState(path, v)
	return os.IsPermission(err) // want `err comes wrapped from readState`
}

// It asks at one of two places only.
func readBoth(path string) ([]byte, error) {
	a, err := os.ReadFile(path)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, err
		}
		return nil, fmt.Errorf("cannot read %q: %w", path, err)
	}
	b, err := os.ReadFile(path + ".sum")
	if err != nil {
		return nil, fmt.Errorf("cannot read the sum of %q: %w", path, err)
	}
	return append(a, b...), nil
}

func badToldApartOnce(path string) bool {
	_, err := readBoth(path)
	return os.IsNotExist(err) // want `^strict: err comes wrapped from readBoth`
}

func okToldApartOnce(path string) bool {
	_, err := readBoth(path)
	return errors.Is(err, fs.ErrNotExist)
}

func okNotTold(path string, v any) error { return readState(path, v) }

// ollama: the text is for what has lost its chain on the way.

func badTextBesideIs(err error) bool {
	return errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "context canceled") // want `^strict: `
}

func badTextBehindIs(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	return strings.Contains(err.Error(), "context deadline exceeded") // want `^strict: `
}

func badTextBesideOther(err error) bool {
	return errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "context deadline exceeded") // want `which stands for context.DeadlineExceeded: errors.Is finds it`
}

func okIsOnly(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

func okIsThenNil(err error) bool { return err == nil || errors.Is(err, context.Canceled) }

func okTextOnShow(err error) string { return "failed: " + err.Error() }

func okIsTwice(err error) bool {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return true
	}
	return false
}

func okIsNot(err error) bool { return !errors.Is(err, context.Canceled) }

func okTextLen(err error) int { return len(err.Error()) }

// snapd: a variable that only tests put another function in.
var openFile = os.Open

func okThroughVariable(path string) bool {
	_, err := openFile(path)
	return os.IsNotExist(err)
}
