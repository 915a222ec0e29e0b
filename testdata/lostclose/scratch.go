package lostclose

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// Files that do not outlive those who asked for them: a caller removes the file, or the directory that it named.

// podman
func badTempForCaller(content []byte) (string, error) {
	f, err := os.CreateTemp("", "key")
	if err != nil {
		return "", err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	if _, err := f.Write(content); err != nil {
		return "", err
	}
	return f.Name(), nil
}

func keyID(content []byte) ([]byte, error) {
	name, err := badTempForCaller(content)
	if err != nil {
		return nil, err
	}
	defer os.Remove(name)
	return exec.Command("gpg2", name).Output()
}

// One of two callers keeps it.
func badTempKeptOnce(content []byte) (string, error) {
	f, err := os.CreateTemp("", "key")
	if err != nil {
		return "", err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	if _, err := f.Write(content); err != nil {
		return "", err
	}
	return f.Name(), nil
}

func keyIDOf(content []byte) ([]byte, error) {
	name, err := badTempKeptOnce(content)
	if err != nil {
		return nil, err
	}
	defer os.Remove(name)
	return exec.Command("gpg2", name).Output()
}

func keep(content []byte) (string, error) { return badTempKeptOnce(content) }

// The caller gives it another name.
func badTempRenamed(content []byte) (string, error) {
	f, err := os.CreateTemp("", "key")
	if err != nil {
		return "", err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	if _, err := f.Write(content); err != nil {
		return "", err
	}
	return f.Name(), nil
}

func install(content []byte, to string) error {
	name, err := badTempRenamed(content)
	if err != nil {
		return err
	}
	defer os.Remove(name)
	return os.Rename(name, to)
}

// containerd: what is put together in a directory that goes when it has been shipped.
func checkpoint(root string, parts map[string]io.Reader, ship func(dir string) error) error {
	dir := filepath.Join(root, "checkpoint")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for name, r := range parts {
		if err := errors.Join(badCopyIn(filepath.Join(dir, name), r), badUnpackIn(r, dir), okCheckedIn(dir, r)); err != nil {
			return err
		}
	}
	return ship(dir)
}

func badCopyIn(to string, r io.Reader) error {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

func badUnpackIn(r io.Reader, dir string) error {
	inner := filepath.Join(dir, "inner")
	f, err := os.Create(filepath.Join(inner, "data"))
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

// Not each write is looked at.
func badUncheckedIn(dir string, parts []string) error {
	f, err := os.Create(filepath.Join(dir, "parts"))
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	for _, p := range parts {
		fmt.Fprintln(f, p)
	}
	return nil
}

func list(parts []string, ship func(dir string) error) error {
	dir, err := os.MkdirTemp("", "list")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := badUncheckedIn(dir, parts); err != nil {
		return err
	}
	return ship(dir)
}

// seaweedfs: a function joins the name.
type check struct{ dir string }

func nameIn(dir string, id int) string { return filepath.Join(dir, fmt.Sprintf("%d.idx", id)) }

func (c *check) run(ids []int, data []byte) (err error) {
	if c.dir, err = os.MkdirTemp("", "check"); err != nil {
		return err
	}
	defer os.RemoveAll(c.dir)
	for _, id := range ids {
		if err := badWriteTo(nameIn(c.dir, id), data); err != nil {
			return err
		}
	}
	return nil
}

func badWriteTo(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = f.Write(data)
	return err
}

// The directory is a place to work in, from which what is whole goes where it is to stay.
func replace(final string, r io.Reader) error {
	dir, err := os.MkdirTemp(filepath.Dir(final), "new")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := badThenRenamed(filepath.Join(dir, "data"), r); err != nil {
		return err
	}
	return os.Rename(filepath.Join(dir, "data"), final)
}

func badThenRenamed(to string, r io.Reader) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

// Only where it fails is the directory removed.
func unpack(dir string, r io.Reader) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	return badUnpacked(dir, r)
}

func badUnpacked(dir string, r io.Reader) error {
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

// Others may call it.
func BadForOthers(dir string, r io.Reader) error {
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

// Whoever is handed it may call it with any name.
func badHandedOn(to string, r io.Reader) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	_, err = io.Copy(f, r)
	return err
}

func both(r io.Reader, with func(func(string, io.Reader) error) error) error {
	dir, err := os.MkdirTemp("", "both")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return errors.Join(BadForOthers(dir, r), badHandedOn(filepath.Join(dir, "data"), r), with(badHandedOn))
}

// And those who look.

func okCheckedIn(dir string, r io.Reader) (err error) {
	f, err := os.Create(filepath.Join(dir, "checked"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.Copy(f, r)
	return err
}

func okTempForCaller(v any) (string, error) {
	f, err := os.CreateTemp("", "value")
	if err != nil {
		return "", err
	}
	if err := errors.Join(json.NewEncoder(f).Encode(v), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

func okTempOnFailure(v any) (name string, err error) {
	f, err := os.CreateTemp("", "value")
	if err != nil {
		return "", err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		f.Close()
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), f.Close()
}

func values(v any) error {
	first, err := okTempForCaller(v)
	if err != nil {
		return err
	}
	defer os.Remove(first)
	second, err := okTempOnFailure(v)
	if err != nil {
		return err
	}
	defer os.Remove(second)
	return exec.Command("diff", first, second).Run()
}

// Who removes it itself has nothing to lose.

func okRemovedByName(name string, data []byte, read func(string) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer os.Remove(name)
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return read(name)
}

func okRemovedInLine(dir string, data []byte) error {
	f, err := os.CreateTemp(dir, "probe")
	if err != nil {
		return err
	}
	_, werr := f.Write(data)
	f.Close()
	return errors.Join(werr, os.Remove(f.Name()))
}

func okRemovedWithDir(dir string, data []byte, read func(string) error) error {
	defer os.RemoveAll(dir)
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return read(dir)
}

func okRemovedInClosure(data []byte, read func(string) error) error {
	f, err := os.CreateTemp("", "data")
	if err != nil {
		return err
	}
	defer func() {
		f.Close()
		os.Remove(f.Name())
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return read(f.Name())
}

func okNameKept(data []byte, read func(string) error) error {
	f, err := os.CreateTemp("", "data")
	if err != nil {
		return err
	}
	name := f.Name()
	defer os.Remove(name)
	if _, err = f.Write(data); err != nil {
		f.Close()
		return err
	}
	f.Close()
	return read(name)
}

// Those who look, each in its way.

func okFirstOfTwo(dir string, data []byte) error {
	f, err := os.Create(filepath.Join(dir, "first"))
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func okSecondOfTwo(dir string, data []byte) error {
	f, err := os.Create(filepath.Join(dir, "second"))
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

func two(data []byte, ship func(dir string) error) error {
	dir, err := os.MkdirTemp("", "two")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := errors.Join(okFirstOfTwo(dir, data), okSecondOfTwo(dir, data)); err != nil {
		return err
	}
	return ship(dir)
}

func okInstalled(final string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(final), "new")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), final)
}

func okReadBack(dir string) (string, error) {
	f, err := os.Open(filepath.Join(dir, "data"))
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	return string(data), err
}

func okFailsAnyway(dir string, r io.Reader) error {
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func okDirOnFailure(dir string, r io.Reader) (err error) {
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	return okFailsAnyway(dir, r)
}

func okWholeAtOnce(dir string, data []byte) error {
	return os.WriteFile(filepath.Join(dir, "data"), data, 0o600)
}

func okGivenOut(dir string) (*os.File, error) { return os.Create(filepath.Join(dir, "data")) }

func okGivenBack(dir string, data []byte) error {
	f, err := okGivenOut(dir)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func okTwoFiles(dir string, data []byte) (err error) {
	for _, name := range []string{"a", "b"} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if _, err := f.Write(data); err != nil {
			return errors.Join(err, f.Close())
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

func okLoggedIn(dir string, data []byte, logf func(string, ...any)) error {
	f, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer func() {
		if err := f.Close(); err != nil {
			logf("close: %v", err)
		}
	}()
	_, err = f.Write(data)
	return err
}

func okNothingIn(dir string) error {
	f, err := os.Create(filepath.Join(dir, "empty"))
	if err != nil {
		return err
	}
	return f.Close()
}

func okShipped(dir string, ship func(io.Reader) error) error {
	f, err := os.Open(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer f.Close()
	return ship(f)
}

// Below the directory for temporary files, and read again by those who run now.

// keda
func badTempForLibrary(content string) (string, error) {
	dir := fmt.Sprintf("%s%c%s", os.TempDir(), os.PathSeparator, "keys")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(dir, "key_*")
	if err != nil {
		return "", err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	if _, err := f.WriteString(content); err != nil {
		return "", err
	}
	return f.Name(), nil
}

type client struct{ keyFile string }

func (c *client) setKey(content string) error {
	path, err := badTempForLibrary(content)
	if err != nil {
		return err
	}
	c.keyFile = path
	return nil
}

// velero
var createTemp = os.CreateTemp

func badTempByVariable(collect func(io.Writer) error, show func(name string)) error {
	f, err := createTemp("", "")
	if err != nil {
		return err
	}
	if err := collect(f); err != nil {
		return err
	}
	f.Close() // want `^strict: nobody takes the error of f.Close`
	show(f.Name())
	return nil
}

// In a directory of its own it may be meant to stay.
func badTempElsewhere(dir, content string, show func(name string)) error {
	f, err := os.CreateTemp(dir, "key_*")
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	show(f.Name())
	return nil
}

// It becomes another file.
func badTempLinked(to, content string) error {
	f, err := os.CreateTemp("", "key_*")
	if err != nil {
		return err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	return os.Link(f.Name(), to)
}

// Others may do with it what they want.
func BadTempForOthers(content string) (string, error) {
	f, err := os.CreateTemp("", "key_*")
	if err != nil {
		return "", err
	}
	defer f.Close() // want `^nobody takes the error of the deferred f.Close`
	if _, err := f.WriteString(content); err != nil {
		return "", err
	}
	return f.Name(), nil
}

func okTempAsked(content string) (name string, err error) {
	f, err := os.CreateTemp(os.TempDir(), "key_*")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.WriteString(content); err != nil {
		return "", err
	}
	return f.Name(), nil
}

func okTempLinked(to, content string) error {
	f, err := createTemp("", "key_*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), to)
}

func okTempSynced(dir, content string) error {
	f, err := os.CreateTemp(dir, "key_*")
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	return f.Sync()
}

func okTempOnlyRead(name string) ([]byte, error) {
	f, err := os.Open(filepath.Join(os.TempDir(), name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// What is written goes nowhere else, or was looked at before.

func okTempRemoved(content string, use func(name string) error) error {
	f, err := createTemp("", "key_*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	return use(f.Name())
}

func okTempReturned(content string) error {
	f, err := createTemp("", "key_*")
	if err != nil {
		return err
	}
	if _, err := f.WriteString(content); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func okTempClosedFirst(to, content string) error {
	f, err := os.CreateTemp(filepath.Dir(to), "key_*")
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), to)
}

func okTempOfBytes(content []byte) (string, error) {
	name := filepath.Join(os.TempDir(), "key")
	return name, os.WriteFile(name, content, 0o600)
}

func okTempDirOnly(content []byte) (string, error) {
	dir, err := os.MkdirTemp("", "keys")
	if err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "key"), content, 0o600)
}

func okTempHandedOver(content string, keep func(*os.File)) error {
	f, err := createTemp("", "key_*")
	if err != nil {
		return err
	}
	if _, err := f.WriteString(content); err != nil {
		return err
	}
	keep(f)
	return nil
}
