package lostcause

import (
	"context"
	"crypto/subtle"
	"debug/gosym"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
)

var (
	errRefused      = errors.New("refused")
	errFileNotFound = errors.New("file not found")
	errTorn         = errors.New("archive torn")
)

// The errors of a function of this package, replaced each time and handed on nowhere: whoever wrote both knows what it
// can say.

type fields struct {
	d     *db
	cache func(string) ([]byte, error)
}

func (f *fields) load(name string) ([]byte, error) {
	b, err := f.cache(name)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 {
		return nil, errNoOrder
	}
	return b, nil
}

func badCustomBody(f *fields) ([]byte, error) {
	b, err := f.load("body")
	if err != nil {
		return nil, errors.New("failed to load the body") // want `strict: the error of f\.load \(line \d+\) is replaced`
	}
	return b, nil
}

func badCustomHead(f *fields, name string) ([]byte, error) {
	b, err := f.load(name)
	if err != nil {
		return nil, fmt.Errorf("failed to load the head %q", name) // want `strict: the error of f\.load \(line \d+\) is replaced`
	}
	return b, nil
}

func badCustomTail(f *fields, name string) ([]byte, error) {
	b, err := f.load(name + ".tail")
	if err != nil {
		return nil, fmt.Errorf("failed to load the tail of %q", name) // want `strict: the error of f\.load \(line \d+\) is replaced`
	}
	return b, nil
}

func okCustomDropped(f *fields) []byte {
	b, _ := f.load("x")
	return b
}

// One caller hands them on: the others forgot.
func (f *fields) read(name string) ([]byte, error) {
	b, err := f.d.get(name)
	if err != nil {
		return nil, err
	}
	return b, f.d.put(name, nil)
}

func okHandsOnBody(f *fields) ([]byte, error) {
	b, err := f.read("body")
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	return b, nil
}

func badForgotBody(f *fields) ([]byte, error) {
	b, err := f.read("body")
	if err != nil {
		return nil, errors.New("failed to load the body") // want `^the error of f\.read \(line \d+\) is replaced`
	}
	return b, nil
}

func badForgotHead(f *fields) ([]byte, error) {
	b, err := f.read("head")
	if err != nil {
		return nil, errors.New("failed to load the head") // want `^the error of f\.read \(line \d+\) is replaced`
	}
	return b, nil
}

func badForgotTail(f *fields) ([]byte, error) {
	b, err := f.read("tail")
	if err != nil {
		return nil, errors.New("failed to load the tail") // want `^the error of f\.read \(line \d+\) is replaced`
	}
	return b, nil
}

// time: the text says what was found, and that it could not be read counts as that.
func badCorrupt(d *db, id string, want int) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, errors.New("corrupt order " + id) // want `^strict: the error of d\.get \(line \d+\) is replaced`
	}
	if len(b) < want {
		return nil, errors.New("corrupt order " + id)
	}
	return b, nil
}

func badCorruptOrNot(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil || len(b) == 0 {
		return nil, errors.New("corrupt order " + id) // want `^strict: the error of d\.get \(line \d+\) is replaced`
	}
	return b, nil
}

// Another text is none that what was found gets as well.
func badUnreadable(d *db, id string, want int) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, errors.New("unreadable order " + id) // want `^the error of d\.get \(line \d+\) is replaced`
	}
	if len(b) < want {
		return nil, errors.New("corrupt order " + id)
	}
	return b, nil
}

// The same text for two failures is no answer to what was found.
func badUnreadableTwice(d *db, id string) error {
	if _, err := os.Stat(id); err != nil {
		return fmt.Errorf("stat: %w", err)
	}
	b, err := d.get(id)
	if err != nil {
		return errors.New("bad storage") // want `^the error of d\.get \(line \d+\) is replaced`
	}
	if err := d.put(id, b); err != nil {
		return errors.New("bad storage") // want `^the error of d\.put \(line \d+\) is replaced`
	}
	return nil
}

func okCorruptWithCause(d *db, id string, want int) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, fmt.Errorf("corrupt order %s: %w", id, err)
	}
	if len(b) < want {
		return nil, errors.New("corrupt order " + id)
	}
	return b, nil
}

func okCorruptAsIs(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err == nil && len(b) == 0 {
		err = errors.New("corrupt order " + id)
	}
	return b, err
}

func okCorruptLogged(d *db, id string, want int) error {
	b, err := d.get(id)
	if err != nil {
		log.Printf("corrupt: %v", err)
		return errors.New("corrupt order " + id)
	}
	if len(b) == 0 || len(b) < want {
		return errors.New("corrupt order " + id)
	}
	return nil
}

func okRefusesWithCause(d *db, id string, want int, open func(string) ([]byte, error)) error {
	b, err := open(id)
	if err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	if len(b) == 0 || subtle.ConstantTimeCompare(b, []byte(id)) != 1 || len(b) < want {
		return errRefused
	}
	return d.put(id, b)
}

// cloudflared: to fail counts as yes.
func exists(d *db, id string) (bool, error) {
	b, err := d.get(id)
	if err != nil {
		return false, fmt.Errorf("exists: %w", err)
	}
	return len(b) > 0, nil
}

func badExists(d *db, id string) error {
	if is, err := exists(d, id); err != nil || is {
		return fmt.Errorf("there may be an order %s", id) // want `strict: the error of exists \(line \d+\) is replaced`
	}
	return d.put(id, nil)
}

// To fail counts as no.
func badNotThere(d *db, id string) error {
	is, err := exists(d, id)
	if err != nil || !is {
		return fmt.Errorf("no order %s", id) // want `strict: the error of exists \(line \d+\) is replaced`
	}
	return d.put(id, nil)
}

// boulder: a number is an answer, too.
func badNoneChanged(d *db, count func(*db) (int64, error)) error {
	n, err := count(d)
	if err != nil || n == 0 {
		return errors.New("no order was changed") // want `^strict: the error of count \(line \d+\) is replaced`
	}
	return nil
}

func okNoneChanged(d *db, count func(*db) (int64, error)) error {
	n, err := count(d)
	if err != nil {
		return err
	}
	if n == 0 {
		return errors.New("no order was changed")
	}
	return nil
}

func okNoneChangedWithCause(d *db, count func(*db) (int64, error)) error {
	n, err := count(d)
	if err != nil || n == 0 {
		return fmt.Errorf("no order was changed: %w", err)
	}
	return nil
}

func okExistsFirst(d *db, id string) error {
	is, err := exists(d, id)
	if err != nil {
		return err
	}
	if is {
		return fmt.Errorf("there is an order %s", id)
	}
	return d.put(id, nil)
}

func okExistsWrapped(d *db, id string) error {
	if is, err := exists(d, id); err != nil || is {
		return fmt.Errorf("there may be an order %s: %w", id, errors.Join(errRefused, err))
	}
	return d.put(id, nil)
}

// kubo: none of the ways fitted.
func badNoneFitted(d *db, id string) ([]byte, error) {
	var b []byte
	if id == "" {
		return nil, nil
	} else if x, err := d.get(id); err == nil {
		b = x
	} else if x, err := d.get(id + ".bak"); err == nil {
		b = x
	} else {
		return nil, fmt.Errorf("%s is neither an order nor a backup", id) // want `strict: the error of d\.get \(line \d+\) is replaced`
	}
	return b, nil
}

// openshift: neither of two readings of one text fits.
func okBothFailed(d *db, id string) error {
	_, errOrder := d.get(id)
	_, errBackup := d.get(id + ".bak")
	if errOrder != nil && errBackup != nil {
		return fmt.Errorf("neither an order nor a backup: %s", id)
	}
	return nil
}

func badEitherFailed(d *db, id string) error {
	_, errOrder := d.get(id)
	_, errBackup := d.get(id + ".bak")
	if errOrder != nil || errBackup != nil {
		return fmt.Errorf("no order: %s", id) // want `^the error of d\.get \(line \d+\) is replaced`
	}
	return nil
}

func okBothFailedKept(d *db, id string) error {
	_, errOrder := d.get(id)
	_, errBackup := d.get(id + ".bak")
	if errOrder != nil && errBackup != nil {
		return fmt.Errorf("neither an order nor a backup: %s: %w", id, errors.Join(errOrder, errBackup))
	}
	return nil
}

func okBothFailedFirst(d *db, id string) error {
	_, errOrder := d.get(id)
	_, errBackup := d.get(id + ".bak")
	if errOrder != nil && errBackup != nil {
		return errOrder
	}
	return nil
}

// One way is no choice.
func badOneTried(d *db, id string) ([]byte, error) {
	var b []byte
	if id == "" {
		return nil, nil
	} else if x, err := d.get(id); err == nil {
		b = x
	} else {
		return nil, fmt.Errorf("%s is no order", id) // want `^the error of d\.get \(line \d+\) is replaced`
	}
	return b, nil
}

func okTriedInTurn(d *db, id string) ([]byte, error) {
	if x, err := d.get(id); err == nil {
		return x, nil
	} else if y, berr := d.get(id + ".bak"); berr == nil {
		return y, nil
	} else {
		return nil, errors.Join(err, berr)
	}
}

// pocketbase: to those who ask for it, a file that cannot be opened is not there, which a name of its own says.
func badServed(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return errFileNotFound // want `strict: the error of fsys\.Open \(line \d+\) is replaced`
	}
	return f.Close()
}

func badServedText(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return errors.New("cannot serve " + name) // want `^the error of fsys\.Open \(line \d+\) is replaced`
	}
	return f.Close()
}

func okServed(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return errFileNotFound
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func okServedWhole(name string) error {
	if _, err := os.Stat(name); err != nil {
		return fmt.Errorf("%w: %w", errFileNotFound, err)
	}
	return nil
}

// tailscale: it takes a context, and has no use for it, so that nothing can tell by it why the context ended.
func addRule(_ context.Context, d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return fmt.Errorf("rule: %w", err)
	}
	return nil
}

func badBlankContext(ctx context.Context, d *db) error {
	if err := addRule(ctx, d, "x"); err != nil {
		return fmt.Errorf("adding: %v", err) // want `strict: only the text of the error of addRule \(line \d+\) goes`
	}
	return nil
}

func okAsksBlankContext(ctx context.Context, d *db) {
	if err := badBlankContext(ctx, d); err != nil && !errors.Is(err, context.Canceled) {
		log.Print(err)
	}
}

func waitRule(ctx context.Context, d *db, id string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.put(id, nil)
}

func badUsedContext(ctx context.Context, d *db) error {
	if err := waitRule(ctx, d, "x"); err != nil {
		return fmt.Errorf("waiting: %v", err) // want `^the new error does not hold that of waitRule \(line \d+\), which is asked for by its kind`
	}
	return nil
}

func okAsksUsedContext(ctx context.Context, d *db) {
	if err := badUsedContext(ctx, d); err != nil && !errors.Is(err, context.Canceled) {
		log.Print(err)
	}
}

// It ends a context of its own.
func ownContext(_ context.Context, f func(context.Context) error) error {
	return f(context.Background())
}

func badOwnContext(ctx context.Context) error {
	if err := ownContext(ctx, func(ctx context.Context) error { return ctx.Err() }); err != nil {
		return fmt.Errorf("own: %v", err) // want `^the new error does not hold that of ownContext \(line \d+\), which is asked for by its kind`
	}
	return nil
}

func okAsksOwnContext(ctx context.Context) {
	if err := badOwnContext(ctx); err != nil && !errors.Is(err, context.Canceled) {
		log.Print(err)
	}
}

// ovn: what is asked never fails, so that nothing is left but the time.

func untilReady(ready func() (bool, error)) error {
	for range 10 {
		ok, err := ready()
		if err != nil || ok {
			return err
		}
	}
	_, err := os.Stat("/run/ready")
	return err
}

func badNotReadyInTime(d *db) error {
	if err := untilReady(func() (bool, error) { return d != nil, nil }); err != nil {
		return errors.New("not ready in time") // want `^strict: the error of untilReady \(line \d+\) is replaced`
	}
	return nil
}

func badNotReadable(d *db) error {
	if err := untilReady(func() (bool, error) { _, err := d.get("x"); return err == nil, err }); err != nil {
		return errors.New("not ready in time") // want `^the error of untilReady \(line \d+\) is replaced`
	}
	return nil
}

func okReady(d *db) error { return untilReady(func() (bool, error) { return d != nil, nil }) }

func okNotReady(d *db) error {
	if err := untilReady(func() (bool, error) { return d != nil, nil }); err != nil {
		return fmt.Errorf("not ready: %w", err)
	}
	return nil
}

func okNotReadyLogged(d *db) error {
	err := untilReady(func() (bool, error) { return d != nil, nil })
	if err != nil {
		log.Print(err)
		return errors.New("not ready in time")
	}
	return nil
}

func okReadyAtAll(d *db) bool {
	return untilReady(func() (bool, error) { return d != nil, nil }) == nil
}

// delve: what is given nothing to read cannot fail over it.

func okNoSymbols(pcln []byte) (*gosym.Table, error) {
	t, err := gosym.NewTable([]byte{}, gosym.NewLineTable(pcln, 0))
	if err != nil {
		return nil, errors.New("no symbols")
	}
	return t, nil
}

func okNilSymbols(pcln []byte) (*gosym.Table, error) {
	t, err := gosym.NewTable(nil, gosym.NewLineTable(pcln, 0))
	if err != nil {
		return nil, errors.New("no symbols")
	}
	return t, nil
}

func badSymbols(symbols, pcln []byte) (*gosym.Table, error) {
	t, err := gosym.NewTable(symbols, gosym.NewLineTable(pcln, 0))
	if err != nil {
		return nil, errors.New("no symbols") // want `the error of gosym.NewTable \(line \d+\) is replaced`
	}
	return t, nil
}

// ollama: who looks for a program, and has none, says so.

type tool struct{ name string }

func (t *tool) findPath() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	path := home + "/bin/" + t.name
	if _, err := os.Stat(path); err != nil {
		return "", err
	}
	return path, nil
}

func badNotInstalled(t *tool) error {
	_, err := t.findPath()
	if err != nil {
		return fmt.Errorf("%s is not installed, see its page", t.name) // want `^strict: the error of t.findPath`
	}
	return nil
}

func badFindSaysElse(t *tool) error {
	_, err := t.findPath()
	if err != nil {
		return fmt.Errorf("%s: giving up", t.name) // want `^the error of t.findPath`
	}
	return nil
}

func okNotInstalledWithCause(t *tool) error {
	_, err := t.findPath()
	if err != nil {
		return fmt.Errorf("%s is not installed: %w", t.name, err)
	}
	return nil
}

func okFindReturned(t *tool) error {
	_, err := t.findPath()
	return err
}

func okFindLogged(t *tool) error {
	if _, err := t.findPath(); err != nil {
		log.Printf("looking for %s: %v", t.name, err)
		return fmt.Errorf("%s is not installed", t.name)
	}
	return nil
}

func okFindBoth(t *tool, missing error) error {
	if _, err := t.findPath(); err != nil {
		return errors.Join(missing, err)
	}
	return nil
}

// snapd: a program that says it is wrong itself.

func badInternalError(name string, rename func(string) error) error {
	if err := rename(name); err != nil {
		return fmt.Errorf("internal error: %s has no name left", name) // want `^strict: the error of rename \(line \d+\) is replaced`
	}
	return nil
}

func badInternalStore(name string, rename func(string) error) error {
	if err := rename(name); err != nil {
		return fmt.Errorf("internal store cannot rename %s", name) // want `^the error of rename \(line \d+\) is replaced`
	}
	return nil
}

func okInternalErrorKept(name string, rename func(string) error) error {
	if err := rename(name); err != nil {
		return fmt.Errorf("internal error: %s has no name left: %w", name, err)
	}
	return nil
}
