package lostclose

import (
	"io"
	"os"
)

// A deferred Close is there for the ways out before the other, which alone is told of.
func badTwice(tmp, name string, r io.Reader) error {
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(f, r); err != nil {
		return err
	}
	f.Close() // want `^nobody takes the error of f.Close: what was written on line \d+ may not be stored`
	return os.Rename(tmp, name)
}

func okTwice(tmp, name string, r io.Reader) error {
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(f, r); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(tmp, name)
}

func okTwiceReturned(tmp string, r io.Reader) error {
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(f, r); err != nil {
		return err
	}
	return f.Close()
}
