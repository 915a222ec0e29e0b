package lostcause

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"os"

	"example.org/elsewhere/store"
)

// Whether anybody reads the new error: where all callers only ask whether there is one, no cause is missed.

// pipeline
func okTarOrRaw(open func() io.Reader) ([]byte, error) {
	b, err := badFromTar(open())
	if err != nil {
		// It may be a plain layer.
		b, err := io.ReadAll(open())
		return b, err
	}
	return b, nil
}

func badFromTar(r io.Reader) ([]byte, error) {
	t := tar.NewReader(r)
	if _, err := t.Next(); err != nil {
		return nil, errors.New("not a tar file") // want `^strict: the error of t.Next \(line \d+\) is replaced`
	}
	return io.ReadAll(t)
}

// kopia
type vault struct{ d *db }

func (v *vault) badRefusedAgain() ([]byte, error) {
	b, err := v.badDecrypted()
	if err != nil {
		return nil, errRefused // want `^strict: the error of v.badDecrypted \(line \d+\) is replaced`
	}
	err = v.d.put("opened", nil)
	return b, err
}

func (v *vault) badDecrypted() ([]byte, error) {
	b, err := v.d.get("secret")
	if err != nil {
		return nil, errors.New("cannot decrypt") // want `^strict: the error of d.get \(line \d+\) is replaced`
	}
	return b, nil
}

func okAskedInPlace(d *db) bool {
	return badUnsure(d) == nil
}

func okAskedInHead(d *db) int {
	if badUnsure(d) != nil {
		return 0
	}
	_ = badUnsure(d)
	return 1
}

func badUnsure(d *db) error {
	if _, err := d.get("sure"); err != nil {
		return errors.New("not sure") // want `^strict: the error of d.get \(line \d+\) is replaced`
	}
	return nil
}

func badCalledInPlace(d *db) (b []byte) {
	err := func() (err error) {
		if b, err = d.get("here"); err != nil {
			return errors.New("not here") // want `^strict: the error of d.get \(line \d+\) is replaced`
		}
		return nil
	}()
	if err != nil {
		return nil
	}
	return b
}

// Somebody reads it: one caller, and be it the last.

func okReads(d *db) ([]byte, error) {
	if badReadText(d) != nil {
		return nil, nil
	}
	err := badReadText(d)
	return nil, err
}

func badReadText(d *db) error {
	if _, err := d.get("read"); err != nil {
		return errors.New("not read") // want `^the error of d.get \(line \d+\) is replaced`
	}
	return nil
}

func okKeeps(d *db) func() error {
	err := badKeptText(d)
	if err == nil {
		return nil
	}
	return func() error { return err }
}

func badKeptText(d *db) error {
	if _, err := d.get("kept"); err != nil {
		return errors.New("not kept") // want `^the error of d.get \(line \d+\) is replaced`
	}
	return nil
}

func okNames(d *db) (err error) {
	if err = badNamedText(d); err != nil {
		return
	}
	return nil
}

func badNamedText(d *db) error {
	if _, err := d.get("named"); err != nil {
		return errors.New("not named") // want `^the error of d.get \(line \d+\) is replaced`
	}
	return nil
}

func okAsValue(d *db, run func(func(*db) error)) bool {
	run(badValuedText)
	return badValuedText(d) == nil
}

func badValuedText(d *db) error {
	if _, err := d.get("valued"); err != nil {
		return errors.New("not valued") // want `^the error of d.get \(line \d+\) is replaced`
	}
	return nil
}

type opens interface{ badUnopened() error }

func okBehindInterface(o opens, v *vault) (bool, error) {
	if v.badUnopened() != nil {
		return false, nil
	}
	return true, o.badUnopened()
}

func (v *vault) badUnopened() error {
	if _, err := v.d.get("opened"); err != nil {
		return errors.New("not opened") // want `^the error of d.get \(line \d+\) is replaced`
	}
	return nil
}

// Everybody may call it.
func BadExported(path string) error {
	if _, err := os.ReadFile(path); err != nil {
		return errors.New("not there") // want `^the error of os.ReadFile \(line \d+\) is replaced`
	}
	return nil
}

func okCallsExported(path string) bool { return BadExported(path) == nil }

// The same shapes, with the cause in hand.

func okFromTar(r io.Reader) ([]byte, error) {
	t := tar.NewReader(r)
	if _, err := t.Next(); err != nil {
		return nil, fmt.Errorf("not a tar file: %w", err)
	}
	return io.ReadAll(t)
}

func (v *vault) okDecrypted() ([]byte, error) {
	b, err := v.d.get("secret")
	if err != nil {
		return nil, errors.Join(errRefused, err)
	}
	return b, nil
}

func (v *vault) okDecryptedAgain() ([]byte, error) {
	b, err := v.okDecrypted()
	if err != nil {
		return nil, fmt.Errorf("again: %w", err)
	}
	return b, nil
}

func (v *vault) okUnopened() error {
	if _, err := v.d.get("opened"); err != nil {
		return fmt.Errorf("not opened: %w", err)
	}
	return nil
}

func okUnsure(d *db) error {
	if _, err := d.get("sure"); err != nil {
		return fmt.Errorf("not sure: %w", err)
	}
	return nil
}

func okHandsUnread(d *db) error {
	_, err := d.get("on")
	return err
}

func okEachAsked(d *db) bool { return okUnsure(d) == nil && okHandsUnread(d) == nil }

func okCalledInPlace(d *db) error {
	return func() error {
		if _, err := d.get("here"); err != nil {
			return fmt.Errorf("not here: %w", err)
		}
		return nil
	}()
}

func okKeptInside(d *db) func() error {
	err := okUnsure(d)
	return func() error { return err }
}

func okNamedResult(d *db) (err error) {
	if err = okUnsure(d); err != nil {
		return
	}
	return nil
}

func OkExported(path string) error {
	if _, err := os.ReadFile(path); err != nil {
		return fmt.Errorf("not there: %w", err)
	}
	return nil
}

// What is asked for comes from the other call of the same package, whose error is handed on.

// velero
func okPatched(path string) (bool, error) {
	err := badApplied(path)
	if errors.Is(err, store.ErrTestFailed) {
		return false, nil
	}
	return err == nil, err
}

func badApplied(path string) error {
	p, err := store.ReadPatch(path + ".patch")
	if err != nil {
		return fmt.Errorf("reading the patch: %v", err) // want `^strict: only the text of the error of store.ReadPatch`
	}
	return p.Apply(path)
}

func okPatchedByText(p *store.Patch, path string) (bool, error) {
	err := badAppliedByText(p, path)
	if errors.Is(err, store.ErrTestFailed) {
		return false, nil
	}
	return err == nil, err
}

func badAppliedByText(p *store.Patch, path string) error {
	if err := p.Apply(path); err != nil {
		return fmt.Errorf("applying: %v", err) // want `^the new error does not hold that of p.Apply \(line \d+\), which is asked for by its kind`
	}
	return nil
}

func okAppliedWhole(path string) error {
	p, err := store.ReadPatch(path + ".patch")
	if err != nil {
		return fmt.Errorf("reading the patch: %w", err)
	}
	if err := p.Apply(path); err != nil {
		return fmt.Errorf("applying: %w", err)
	}
	return nil
}

func okPatchedWhole(path string) (bool, error) {
	err := okAppliedWhole(path)
	if errors.Is(err, store.ErrTestFailed) {
		return false, nil
	}
	return err == nil, err
}
