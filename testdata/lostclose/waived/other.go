package waived

import (
	"errors"
	"io"
	"os"
)

// Another source file, in which nobody gives it up.
func badElsewhere(path string, r io.Reader) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

func okElsewhere(path string, r io.Reader) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}

func okElsewhereRemoved(r io.Reader) error {
	f, err := os.CreateTemp("", "x")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

func okElsewhereRead(path string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}
