// Package waived gives up the error of closing a plain file somewhere, in so many words.
package waived

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
)

// moby: here.
func badAdd(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(line)
	_ = f.Close() // want `^strict: nobody takes the error of f.Close`
	return err
}

// So it is meant there, too.
func badDelete(path string, rest []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(rest, 0)
	return err
}

// What is renamed is another matter.
func badRenamed(path string, rest []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "new")
	if err != nil {
		return err
	}
	if _, err := f.Write(rest); err != nil {
		f.Close()
		return err
	}
	f.Close() // want `^nobody takes the error of f.Close`
	return os.Rename(f.Name(), path)
}

// One of the writes was not looked at.
func badUnlooked(path string, head, rest []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	f.Write(head)
	_, err = f.Write(rest)
	return err
}

func okReplace(path string, rest []byte) error { return os.WriteFile(path, rest, 0o644) }

func okClosed(path string, rest []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(rest)
	return errors.Join(err, f.Close())
}

func okBuffered(path string, rest []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	_, err = w.Write(rest)
	return errors.Join(err, w.Flush(), f.Close())
}

func okRead(path string, b []byte) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.Read(b)
}

func okSynced(path string, rest []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(rest)
	return errors.Join(err, f.Sync())
}

func okFailed(path string, rest []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := f.Write(rest); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
