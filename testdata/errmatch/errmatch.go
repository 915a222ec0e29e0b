// Package errmatch holds what the rule flags (bad…) and, at least twice as often, what it must not (ok…).
package errmatch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"errvet.test/testdata/errmatch/kinds"
	pkgerrors "github.com/pkg/errors"
)

var (
	ErrNoRows   = errors.New("no rows")
	ErrConflict = errors.New("conflict")
	errStop     = errors.New("stop")
)

type codeError struct{ code int }

func (e *codeError) Error() string { return strconv.Itoa(e.code) }

func find(id string) error {
	if id == "" {
		return ErrNoRows
	}
	return nil
}

func findWrapped(id string) error {
	if err := find(id); err != nil {
		return fmt.Errorf("looking for %s: %w", id, err)
	}
	return nil
}

func create(id string) error {
	if id == "" {
		return fmt.Errorf("creating %q: %w", id, ErrConflict)
	}
	return nil
}

func badWrappedSentinel(id string) bool {
	err := create(id)
	return err == ErrConflict // want `err comes wrapped from create \(line \d+\); == misses ErrConflict`
}

func badWrappedThrough(id string) error {
	if err := findWrapped(id); err != nil && err != ErrNoRows { // want `err comes wrapped from findWrapped .*; == misses ErrNoRows`
		return err
	}
	return nil
}

func badWrappedHere(ctx context.Context) error {
	err := ctx.Err()
	if err != nil {
		err = fmt.Errorf("waiting: %w", err)
	}
	if err == context.Canceled { // want `err comes wrapped from fmt.Errorf .*; == misses context.Canceled`
		return nil
	}
	return err
}

func badWrappedByLibrary(id string) error {
	err := pkgerrors.Wrap(find(id), "finding")
	if err == ErrNoRows { // want `err comes wrapped from pkgerrors.Wrap`
		return nil
	}
	return err
}

func badSwitch(id string) int {
	switch err := findWrapped(id); err {
	case nil:
		return 200
	case ErrNoRows: // want `err comes wrapped from findWrapped`
		return 404
	default:
		return 500
	}
}

func badOpen(name string) error {
	_, err := os.Open(name)
	if err == os.ErrNotExist { // want `err comes wrapped from os.Open .*; == misses os.ErrNotExist`
		return nil
	}
	return err
}

func badRequest(ctx context.Context, c *http.Client, req *http.Request) error {
	_, err := c.Do(req.WithContext(ctx))
	if err == context.DeadlineExceeded { // want `err comes wrapped from c.Do`
		return nil
	}
	return err
}

func badNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == strconv.ErrRange // want `err comes wrapped from strconv.Atoi`
}

// readBlock gives io.EOF as it is where nothing is left, and wrapped where a block is cut off.
func readBlock(r io.Reader) error {
	var head [1]byte
	n, err := r.Read(head[:])
	if n == 0 && err == io.EOF {
		return io.EOF
	}
	if n < len(head) {
		return fmt.Errorf("block: %w", io.EOF)
	}
	return nil
}

func badBothWays(r io.Reader) error {
	if err := readBlock(r); err != io.EOF { // want `^strict: err comes wrapped from readBlock`
		return err
	}
	return nil
}

// A blockError tells where an error was met.
type blockError struct {
	at  int
	err error
}

func (e *blockError) Error() string { return e.err.Error() }
func (e *blockError) Unwrap() error { return e.err }

func locate(err error) error { return &blockError{1, err} }

// The wrapper itself is asked for.
func badWrapperAsked(r io.Reader) int {
	err := locate(readBlock(r))
	if b, ok := err.(*blockError); ok { // want `^strict: err comes wrapped from locate|^strict: nothing says that err never comes wrapped`
		return b.at
	}
	return 0
}

func badSecondBirth(id string, again bool) error {
	err := find(id)
	if again {
		err = findWrapped(id)
	}
	if err == ErrNoRows { // want `err comes wrapped from findWrapped`
		return nil
	}
	return err
}

type API struct{ last error }

func (API) badParameter(err error) bool { return err == ErrNoRows } // want `strict: err is what a caller hands in`

// Whether its own sentinel is ever wrapped is for the package to know.
func BadExported(err error) bool { return err == ErrNoRows } // want `^strict: err is what a caller hands in, and may be wrapped; == misses ErrNoRows`

func BadOthers(err error) bool { return err == context.Canceled } // want `^strict: err is what a caller hands in, and may be wrapped; == misses context.Canceled`

func BadAssertion(err error) int {
	if e, ok := err.(*codeError); ok { // want `^strict: err is what a caller hands in, and may be wrapped; its type is that of the wrapper then: errors.As finds the one asked for`
		return e.code
	}
	return 0
}

func BadTypeSwitch(err error) int {
	switch e := err.(type) { // want `^strict: err is what a caller hands in`
	case *codeError:
		return e.code
	case nil:
		return 0
	}
	return 1
}

func badAssertedWrapper(r io.Reader) bool {
	_, err := decode(r)
	if err != nil {
		err = fmt.Errorf("the last one: %w", err)
	}
	_, ok := err.(*codeError) // want `err comes wrapped from fmt.Errorf`
	return ok
}

func badLiteral(each func(func(error) bool)) {
	each(func(err error) bool {
		return err == io.ErrUnexpectedEOF // want `^strict: err is what a caller hands in`
	})
}

func badTextEqual(id string) bool {
	err := find(id)
	return err != nil && err.Error() == "no rows" // want `^what to do is decided by the text of err`
}

func badTextOfSentinel(id string) bool {
	err := find(id)
	return err != nil && strings.Contains(err.Error(), ErrNoRows.Error()) // want `^strict: what to do is decided by the text of err`
}

func badTextPrefix(err error) bool {
	return strings.HasPrefix(strings.ToLower(err.Error()), "conflict") // want `strict: .*decided by the text of err`
}

func badTextVariable(err error) bool {
	text := err.Error()
	return strings.HasSuffix(text, "connection refused") // want `^strict: .*decided by the text of err`
}

var refused = regexp.MustCompile("refused$")

func badTextPattern(err error) bool {
	return refused.MatchString(err.Error()) // want `strict: .*decided by the text of err`
}

func badTextSwitch(err error) int {
	switch err.Error() {
	case "no rows": // want `decided by the text of err`
		return 404
	}
	return 500
}

func badPredicate(name string) bool {
	_, err := os.Stat(name)
	if err != nil {
		err = fmt.Errorf("looking: %w", err)
	}
	return os.IsNotExist(err) // want `err comes wrapped from fmt.Errorf .*; os.IsNotExist does not look inside`
}

func badUnknown(load func() error) bool {
	err := load()
	return err == ErrNoRows // want `strict: nothing says that err never comes wrapped; == misses ErrNoRows`
}

func (a *API) badField() bool {
	return a.last == ErrNoRows // want `strict: nothing says that a.last never comes wrapped`
}

func badUnexportedParameter(err error) bool {
	return err == ErrNoRows // want `strict: err is what a caller hands in`
}

func BadOwnSentinel(err error) bool {
	return err == errStop // want `strict: err is what a caller hands in`
}

func BadEndOfFile(err error) bool {
	return err == io.EOF // want `strict: err is what a caller hands in`
}

func badTextTwice(ask func() error) bool {
	err := ask()
	return strings.Contains(err.Error(), "try") && strings.Contains(err.Error(), "again") // want `strict: what to do is decided by the text of err`
}

// What stands in the source says that the text is meant.
func okTextExplained(id string) bool {
	err := create(id)
	// The store gives no typed error, its message is all there is.
	return strings.HasPrefix(err.Error(), "creating")
}

func okTextExplainedInBranch(id string) int {
	if err := create(id); err != nil && strings.HasPrefix(err.Error(), "creating") {
		// create formats with %v, so that nothing is left to unwrap.
		return 409
	}
	return 200
}

func badTextOurs(id string) bool {
	err := create(id)
	return strings.HasPrefix(err.Error(), "creating") // want `^strict: what to do is decided by the text of err, which the next release or wrapper changes; errors.Is`
}

func BadContract(err error) int {
	return err.(*codeError).code // want `strict: err is what a caller hands in`
}

// The bare end is told from a block that is cut off.
func okBareEnd(r io.Reader) error {
	for {
		err := readBlock(r)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		if err != nil {
			return nil
		}
	}
}

func okOthers(err error) bool { return errors.Is(err, context.Canceled) }

func okOwn(err error) bool { return errors.Is(err, ErrNoRows) || errors.Is(err, ErrConflict) }

func okWrapperAsked(r io.Reader) int {
	var b *blockError
	if errors.As(locate(readBlock(r)), &b) {
		return b.at
	}
	return 0
}

func okDirectEnd(r io.Reader) bool {
	var head [1]byte
	_, err := r.Read(head[:])
	return err == io.EOF
}

func okSwitchEnd(r io.Reader) error {
	var head [1]byte
	switch _, err := r.Read(head[:]); err {
	case nil, io.EOF:
		return nil
	default:
		return err
	}
}

// What fails at the other end of a wire comes as text and a code.

type CallOption interface{ before() }

type ledger interface {
	Balance(ctx context.Context, account string, opts ...CallOption) (int, error)
}

func badTextOfPeer(ctx context.Context, l ledger) bool {
	_, err := l.Balance(ctx, "7")
	return err != nil && strings.Contains(err.Error(), "connection refused") // want `^strict: `
}

func okSentinelOfPeer(ctx context.Context, l ledger) bool {
	_, err := l.Balance(ctx, "7")
	return err == context.Canceled
}

func okKindOfPeer(ctx context.Context, l ledger) bool {
	_, err := l.Balance(ctx, "7")
	switch err {
	case context.Canceled, context.DeadlineExceeded:
		return true
	}
	return false
}

// The name is in another package, which this one imports already.
func badTextNamedElsewhere(history func(string) error, name string) error {
	if err := history(name); err != nil && !strings.Contains(err.Error(), "has no deployed releases") { // want `^what to do is decided by the text of err, which the next release or wrapper changes; its name may be kinds.ErrNoDeployedReleases`
		return err
	}
	return nil
}

func okNamedElsewhere(history func(string) error, name string) error {
	if err := history(name); !errors.Is(err, kinds.ErrNoDeployedReleases) {
		return err
	}
	return nil
}

func okTextShownElsewhere(history func(string) error, name string) string {
	if err := history(name); err != nil {
		return strings.TrimPrefix(err.Error(), "has no deployed releases")
	}
	return ""
}

// seaweedfs: a name that every second package has says nothing of whose error this is.
func badTextOfNobody(history func(string) error, name string) error {
	if err := history(name); err != nil && !strings.Contains(err.Error(), "not found") { // want `^strict: what to do is decided by the text of err, which the next release or wrapper changes; errors.Is or errors.As tell errors apart`
		return err
	}
	return nil
}

// seaweedfs: isGone prefers errors.Is; the string-based fallback is for what older servers give.
func okTextDocumented(err error) bool {
	return errors.Is(err, kinds.ErrNotFound) || strings.Contains(err.Error(), "has no deployed releases")
}

// isReleased compares the error text on purpose.
func okTextCompared(err error) bool {
	return strings.Contains(err.Error(), "has no deployed releases")
}

// cortex: the text has a name, by which it is made and looked for.
func badTextWithName(history func(string) error, name string) bool {
	err := history(name)
	return err != nil && strings.Contains(err.Error(), kinds.TextOfLimit) // want `^strict: what to do is decided by the text of err`
}

func okKindWithName(history func(string) error, name string) bool {
	return errors.Is(history(name), kinds.ErrTooMuch)
}

func okTextWithNameShown(history func(string) error, name string) string {
	if history(name) != nil {
		return kinds.TextOfLimit
	}
	return ""
}

// What the system says stays as it is.
func badFull(id string) bool {
	err := find(id)
	return err != nil && strings.Contains(err.Error(), "no space left on device") // want `^strict: what to do is decided by the text of err, which stands for syscall.ENOSPC: errors.Is finds it`
}

func okFull(id string) bool { return errors.Is(find(id), syscall.ENOSPC) }

func okShutDown(id string) bool { return errors.Is(find(id), net.ErrClosed) }
