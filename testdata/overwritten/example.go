package overwritten

import (
	"errors"
	"log/slog"
	"os"
)

// The examples of the documentation.

type disk interface {
	Mount(path string) error
	Format(path string) error
	Unmount(path string) error
}

func prepare(d disk, path string) error {
	err := d.Format(path) // want `^the error of d.Format is overwritten on line \d+ before anyone looked at it`
	err = d.Mount(path)
	return err
}

func formatAll(d disk, paths []string) error {
	var err error
	for _, path := range paths {
		err = d.Format(path) // want `^only the last turn's error of d.Format is looked at: the next turn overwrites it`
	}
	return err
}

func use(d disk, path string) (err error) {
	defer func() {
		err = d.Unmount(path) // want `^the deferred closure overwrites err, which may hold the function's own error`
	}()
	return d.Mount(path)
}

func release(d disk, path string) error {
	var err error
	defer func() {
		err = d.Unmount(path) // want `^the error of d.Unmount is assigned to err, which is no result: nobody reads it after the deferred closure`
	}()
	err = d.Mount(path)
	return err
}

func formatNew(d disk, paths []string) error {
	var err error
	for _, path := range paths {
		err := d.Format(path) // want `^the error of d.Format goes into a new err that hides the outer one, which is nil where it is read later`
		if err != nil {
			slog.Debug("skipped", "path", path)
		}
	}
	return err
}

func useKeepingBoth(d disk, path string) (err error) {
	defer func() {
		err = errors.Join(err, d.Unmount(path))
	}()
	return d.Mount(path)
}

func formatAllKeepingAll(d disk, paths []string) error {
	var errs []error
	for _, path := range paths {
		errs = append(errs, d.Format(path))
	}
	return errors.Join(errs...)
}

func prepareDirectory(path string) error {
	err := os.Mkdir(path, 0o700)
	if err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	err = os.Chmod(path, 0o700)
	return err
}
