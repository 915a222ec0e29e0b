package errmatch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
