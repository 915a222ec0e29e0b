// Package results has functions whose results get a name.
package results

import (
	"errors"
	"io"
	"os"
)

// create makes what has more to write when it is closed, for all that is known.
var create func(name string) (io.WriteCloser, error)

// A variable of the outermost block becomes the result.
func joined(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, f.Close())
	}()
	_, err = f.WriteString(name)
	return err
}

// So does one that is declared alone.
func declared(name string, names []string) (int, error) {
	var err error
	f := os.NewFile(3, name)
	defer func() {
		err = errors.Join(err, f.Close())
	}()
	for _, n := range names {
		if _, err := f.WriteString(n); err != nil {
			return 0, err
		}
	}
	return len(names), err
}

// One in an inner block does not.
func inner(name string, names []string) error {
	for _, n := range names {
		f, err := create(name + n)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := io.WriteString(f, n); err != nil {
			return err
		}
	}
	return nil
}

// A closure reads the variable: it would notice.
func noticed(name string, r io.Reader) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			println("failed")
		}
	}()
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

// A call that is deferred too early fails where there is an error anyway.
func early(name string, data []byte) error {
	f, err := create(name)
	defer f.Close()
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

// Constants do not change until the call runs.
func constant(stop func(int) error, data []byte) error {
	defer stop(10 * 60)
	return os.WriteFile("state", data, 0o600)
}

// An error that waits to be returned is not hidden by that of closing.
func waiting(name string, data []byte) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	f.Close()
	return err
}
