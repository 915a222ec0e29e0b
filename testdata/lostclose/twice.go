package lostclose

import (
	"compress/gzip"
	"errors"
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

// A way out before the explicit one stores something, too: what is done about one of them is done about the other.
func badTwiceEarly(w io.Writer, head, body []byte) error {
	gz := gzip.NewWriter(w)
	defer gz.Close()
	if _, err := gz.Write(head); err != nil {
		return err
	}
	if len(body) == 0 {
		return nil
	}
	if _, err := gz.Write(body); err != nil {
		return err
	}
	gz.Close() // want `^nobody takes the error of gz.Close: what was written on line \d+ may not be stored`
	return nil
}

func okTwiceEarly(w io.Writer, head, body []byte) (err error) {
	gz := gzip.NewWriter(w)
	defer func() { err = errors.Join(err, gz.Close()) }()
	if _, err := gz.Write(head); err != nil {
		return err
	}
	if len(body) == 0 {
		return nil
	}
	_, err = gz.Write(body)
	return err
}

func okTwiceOnce(w io.Writer, head, body []byte) error {
	gz := gzip.NewWriter(w)
	_, headErr := gz.Write(head)
	_, bodyErr := gz.Write(body)
	return errors.Join(headErr, bodyErr, gz.Close())
}
