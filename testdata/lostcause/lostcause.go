// Package lostcause holds what the rule flags (bad…) and, at least twice as often, what it must not (ok…).
package lostcause

import (
	"context"
	"crypto/ecdh"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"os"
	"strconv"
	"time"

	pkgerrors "github.com/pkg/errors"
)

var (
	errBadPort  = errors.New("bad port")
	errNoOrder  = errors.New("no order")
	errStorage  = errors.New("storage failed")
	errNotReady = errors.New("not ready")
)

type apiError struct {
	code int
	msg  string
}

func (e *apiError) Error() string { return e.msg }

type db struct{}

func (d *db) get(id string) ([]byte, error) { return os.ReadFile(id) }
func (d *db) put(id string, b []byte) error { return os.WriteFile(id, b, 0o600) }

// Replaced.

func badNewText(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, errors.New("cannot get the order") // want `the error of d\.get \(line \d+\) is replaced by one that holds neither its text nor its chain`
	}
	return b, nil
}

func badNewFormat(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return fmt.Errorf("cannot put %s", id) // want `the error of d\.put \(line \d+\) is replaced`
	}
	return nil
}

func badUntaken(d *db, id string) error {
	if d.put(id, nil) != nil {
		return errors.New("cannot put " + id) // want `the error of d\.put \(line \d+\) is replaced`
	}
	return nil
}

func badOwnType(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return &apiError{500, "cannot put " + id} // want `the error of d\.put \(line \d+\) is replaced`
	}
	return nil
}

func badOtherKinds(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errNoOrder
	case err != nil:
		return nil, pkgerrors.New("cannot get the order") // want `strict: the error of d\.get \(line \d+\) is replaced`
	}
	return b, nil
}

func badParse(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, errBadPort // want `strict: the error of strconv\.Atoi \(line \d+\) is replaced`
	}
	return n, nil
}

func okWrapped(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return fmt.Errorf("put %s: %w", id, err)
	}
	return nil
}

func okWrappedBoth(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return fmt.Errorf("%w: put %s: %v", errStorage, id, err)
	}
	return nil
}

func okJoined(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return errors.Join(errStorage, err)
	}
	return nil
}

func okPkgWrap(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return pkgerrors.Wrapf(err, "put %s", id)
	}
	return nil
}

func okLoggedCause(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		log.Printf("put %s: %v", id, err)
		return errStorage // what clients may know
	}
	return nil
}

func okKindMapped(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoOrder
	}
	return b, err
}

func okEOFMapped(r io.Reader) error {
	_, err := r.Read(nil)
	if err == io.EOF {
		return errNoOrder
	}
	return err
}

func okCommented(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		// Which of the disks failed is nobody's business outside.
		return errStorage // want `silenced\(comment\): the error of d\.put \(line \d+\) is replaced`
	}
	return nil
}

func okCleanUpFailed(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		if err := os.Remove(id); err != nil {
			return err
		}
		return err
	}
	return nil
}

func okNextWay(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		b, err = d.get(id + ".bak")
		if err != nil {
			return nil, fmt.Errorf("backup of %s: %w", id, err)
		}
	}
	return b, nil
}

func okKept(d *db, id string) (err error) {
	var first error
	if first = d.put(id, nil); first != nil {
		return &fs.PathError{Op: "put", Path: id, Err: first}
	}
	return nil
}

func okOtherCondition(d *db, id string) error {
	b, err := d.get(id)
	if err != nil {
		return err
	}
	if len(b) == 0 {
		return errNoOrder
	}
	return nil
}

// It can fail in one way, which the new error names.
func lookUp(m map[string]int, key string) (int, error) {
	n, ok := m[key]
	if !ok {
		return 0, errors.New("no such key")
	}
	return n, nil
}

func badOneWay(m map[string]int) (int, error) {
	n, err := lookUp(m, "orders")
	if err != nil {
		return 0, errNoOrder // want `strict: the error of lookUp \(line \d+\) is replaced`
	}
	return n, nil
}

// It makes an error out of its panic.
func at(list []int, i int) (n int, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("no element %d", i)
		}
	}()
	return list[i], nil
}

func badOneWayByPanic(list []int) (int, error) {
	n, err := at(list, 9)
	if err != nil {
		return 0, errNoOrder // want `strict: the error of at \(line \d+\) is replaced`
	}
	return n, nil
}

func okOneWayByPanicWrapped(list []int) (int, error) {
	n, err := at(list, 9)
	if err != nil {
		return 0, fmt.Errorf("nine: %w", err)
	}
	return n, nil
}

func okOneWayByPanicReturned(list []int) (int, error) {
	return at(list, 9)
}

// It fails at two places, with the same error.
func digits(s string) (int, error) {
	if s == "" {
		return 0, errBadPort
	}
	if s[0] < '0' {
		return 0, errBadPort
	}
	return int(s[0] - '0'), nil
}

func badSameTwice(s string) (int, error) {
	n, err := digits(s)
	if err != nil {
		return 0, errNotReady // want `strict: the error of digits \(line \d+\) is replaced`
	}
	return n, nil
}

// Cryptography does not say what was wrong.
func badSignature(pub []byte, sig []byte) error {
	if _, err := ecdh.P256().NewPublicKey(pub); err != nil {
		return errNotReady // want `strict: the error of ecdh\.P256\(\)\.NewPublicKey \(line \d+\) is replaced`
	}
	return nil
}

func okTwoWays(d *db, id string) error {
	if _, err := digits(id); err != nil {
		return err
	}
	return d.put(id, nil)
}

func okDefaultPort(s string) int {
	n, err := digits(s)
	if errors.Is(err, errBadPort) {
		n = 80
	}
	return n
}

func okAsksTwice(d *db, id string) error {
	err := d.put(id, nil)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errNoOrder
	case errors.Is(err, fs.ErrPermission):
		return errNotReady
	}
	return err
}

func okGone(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return fmt.Errorf("%w: %w", errStorage, err)
	}
	return nil
}

// Flattened.

func badFlattened(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return fmt.Errorf("put %s: %v", id, err) // want `strict: only the text of the error of d\.put \(line \d+\) goes into the new one`
	}
	return nil
}

func badFlattenedText(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return errors.New("put: " + err.Error()) // want `strict: only the text of the error of d\.put`
	}
	return nil
}

func badFlattenedParameter(op string, err error) error {
	return fmt.Errorf("%s: %s", op, err) // want `strict: only the text of the error of err`
}

func badAskedFor(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %s", path, err.Error()) // want `the new error does not hold that of os\.ReadFile \(line \d+\), which is asked for by its kind on line \d+`
	}
	return b, nil
}

func okAsks(path string) []byte {
	b, err := badAskedFor(path)
	var perr *fs.PathError
	if errors.As(err, &perr) {
		log.Print(perr.Path)
	}
	return b
}

func badAskedForContext(ctx context.Context) error {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", "example.com:80")
	if err != nil {
		return fmt.Errorf("dial: %v", err) // want `the new error does not hold that of d\.DialContext \(line \d+\), which is asked for by its kind on line \d+`
	}
	return c.Close()
}

func okAsksContext(ctx context.Context) {
	if err := badAskedForContext(ctx); err != nil && !errors.Is(err, context.Canceled) {
		log.Print(err)
	}
}

func okToldApartBefore(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return b, nil
}

func okAsksAfter(path string) bool {
	_, err := okToldApartBefore(path)
	return errors.Is(err, fs.ErrNotExist)
}

func okTextForClient(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return &apiError{500, err.Error()}
	}
	return nil
}

func okTextInLog(d *db, id string) {
	if err := d.put(id, nil); err != nil {
		log.Printf("put %s: %s", id, err.Error())
	}
}

func okTextKept(d *db, id string) (texts []string) {
	if err := d.put(id, nil); err != nil {
		texts = append(texts, fmt.Sprintf("%s: %v", id, err))
	}
	return texts
}

func okOneWrapIsEnough(d *db, id string) error {
	err := d.put(id, nil)
	if err == nil {
		return nil
	}
	if rerr := os.Remove(id); rerr != nil {
		return fmt.Errorf("put %s: %w (and not removed: %v)", id, err, rerr)
	}
	return err
}

func okDecoded(r io.Reader) (v any, err error) {
	if err := json.NewDecoder(r).Decode(&v); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return v, nil
}

// Contexts.

func badContext(ctx context.Context, ready <-chan struct{}) error {
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("not ready after %v", time.Minute) // want `^strict: the context ended, and the new error does not hold its reason: a cancel and a deadline look the same`
	}
}

func badOwnDeadline(ctx context.Context, ready <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return errors.New("not ready") // want `^the context ended, and the new error does not hold its reason: a cancel and a deadline look the same`
	}
}

func badEnded(ctx context.Context, ids []string, out chan<- string) error {
	for _, id := range ids {
		select {
		case out <- id:
		case <-ctx.Done():
			return nil // want `^strict: the context ended before everything was handed over, yet success is returned`
		}
	}
	return nil
}

func okContextErr(ctx context.Context, ready <-chan struct{}) error {
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func okContextCause(ctx context.Context, ready <-chan struct{}) error {
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("not ready: %w", context.Cause(ctx))
	}
}

func okContextJoined(ctx context.Context, ready <-chan struct{}) error {
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return errors.Join(errNotReady, ctx.Err())
	}
}

func okContextLast(ctx context.Context, d *db) error {
	for {
		err := d.put("state", nil)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("giving up: %w", err)
		case <-time.After(time.Second):
		}
	}
}

func okServes(ctx context.Context, in <-chan string, d *db) error {
	for {
		select {
		case id := <-in:
			if err := d.put(id, nil); err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

func okTimer(t *time.Timer, ready <-chan struct{}) error {
	select {
	case <-ready:
		return nil
	case <-t.C:
		return errNotReady
	}
}

// An error with a name or a type of its own is an answer: the strict tier.

func badNamed(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, errNoOrder // want `strict: the error of d\.get \(line \d+\) is replaced`
	}
	return b, nil
}

type formatError struct{ at int }

func (e *formatError) Error() string { return fmt.Sprintf("bad format at %d", e.at) }

// debug/macho
func badTyped(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, &formatError{at: 0} // want `strict: the error of d\.get \(line \d+\) is replaced`
	}
	return b, nil
}

func okNamedWithCause(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoOrder, err)
	}
	return b, nil
}

func okNamedForOneKind(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errNoOrder
	}
	return b, err
}

func okNamedLogged(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		log.Printf("order %s: %v", id, err)
		return nil, errNoOrder
	}
	return b, nil
}

func okNamedOfWhatIsThere(d *db, id string) ([]byte, error) {
	b, err := d.get(id)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 {
		return nil, &formatError{at: 0}
	}
	return b, nil
}

// io.EOF says that it is over.

func badQuits(d *db, id string) error {
	if err := d.put(id, nil); err != nil {
		return io.EOF // want `strict: the error of d\.put`
	}
	return nil
}

func badEndOfRead(r io.Reader, b []byte) error {
	if _, err := io.ReadFull(r, b); err != nil {
		return io.EOF // want `the error of io\.ReadFull \(line \d+\) is replaced`
	}
	return nil
}

// What a command said tells why it failed, mostly.

func execute(name string) (stderr string, err error) {
	out, err := os.ReadFile(name)
	return string(out), err
}

func badExecuted(name string) error {
	stderr, err := execute(name)
	if err != nil {
		return fmt.Errorf("executing %s: %s", name, stderr) // want `^strict: the error of execute \(line \d+\) is replaced by one that holds neither its text nor its chain`
	}
	return nil
}

func okExecuted(name string) error {
	stderr, err := execute(name)
	if err != nil {
		return fmt.Errorf("executing %s: %w: %s", name, err, stderr)
	}
	return nil
}

// A token keeps its error.
type token struct{ err error }

func (t *token) Err() error { return t.err }

func okAskedAgain(t *token) error {
	if err := t.Err(); err != nil {
		return fmt.Errorf("connecting: %w", t.Err())
	}
	return nil
}
