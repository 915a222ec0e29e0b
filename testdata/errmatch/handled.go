package errmatch

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"

	"errvet.test/testdata/errmatch/kinds"
	pkgerrors "github.com/pkg/errors"
)

func okPlainSentinel(id string) bool {
	err := find(id)
	return err == ErrNoRows
}

func okPlainSwitch(id string) int {
	switch err := find(id); err {
	case nil:
		return 200
	case ErrNoRows:
		return 404
	}
	return 500
}

func okRead(r io.Reader) error {
	buf := make([]byte, 64)
	for {
		if _, err := r.Read(buf); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func okReadLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	return line, nil
}

func okDecode(dec *json.Decoder, v any) error {
	err := dec.Decode(v)
	if err == io.EOF {
		return nil
	}
	return err
}

func okReadFull(r io.Reader, buf []byte) error {
	_, err := io.ReadFull(r, buf)
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		return nil
	}
	return err
}

func okScan(row *sql.Row, v *string) error {
	err := row.Scan(v)
	if err == sql.ErrNoRows {
		return nil
	}
	return err
}

func okContext(ctx context.Context) bool { return ctx.Err() == context.Canceled }

func okContextVariable(ctx context.Context) error {
	if err := ctx.Err(); err != context.DeadlineExceeded {
		return err
	}
	return nil
}

func okServe(s *http.Server) error {
	if err := s.ListenAndServe(); err != http.ErrServerClosed {
		return err
	}
	return nil
}

func okNil(err error) bool { return err == nil }

func okTwoVariables(a, b error) bool { return a == b }

func okIs(err error) bool { return errors.Is(err, ErrNoRows) }

func okAs(err error) bool {
	var e *codeError
	return errors.As(err, &e)
}

type temporary struct{ cause error }

func (t *temporary) Error() string { return "temporary: " + t.cause.Error() }

func (t *temporary) Unwrap() error { return t.cause }

// okIs methods are called on each error of the chain.
func (t *temporary) Is(target error) bool { return target == ErrConflict }

func (t *temporary) As(target any) bool {
	e, ok := t.cause.(*codeError)
	if p, is := target.(**codeError); ok && is {
		*p = e
	}
	return ok
}

func okWalksTheChain(err error) bool {
	for err != nil {
		if err == ErrNoRows {
			return true
		}
		err = errors.Unwrap(err)
	}
	return false
}

func okCause(err error) bool { return pkgerrors.Cause(err) == ErrNoRows }

func okCauseSwitch(err error) int {
	switch e := pkgerrors.Cause(err).(type) {
	case *codeError:
		return e.code
	}
	return 0
}

func okUnwrapInterface(err error) []error {
	if m, ok := err.(interface{ Unwrap() []error }); ok {
		return m.Unwrap()
	}
	return nil
}

func okOpens(name string) bool {
	_, err := os.Stat(name)
	return os.IsNotExist(err)
}

func okPathError(name string) string {
	_, err := os.Open(name)
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Op
	}
	return ""
}

func okNetError(c net.Conn, buf []byte) bool {
	_, err := c.Read(buf)
	ne, ok := err.(net.Error)
	return ok && ne.Timeout()
}

func okErrno(fd int, buf []byte) error {
	_, err := syscall.Read(fd, buf)
	if err == syscall.EINTR {
		return nil
	}
	return err
}

func okNoError(v any) int {
	switch v := v.(type) {
	case *codeError:
		return v.code
	}
	return 0
}

func okAssertsAny(v any) bool {
	_, ok := v.(error)
	return ok
}

func okRewrapped(id string) error {
	err := find(id)
	if err == ErrNoRows {
		return fmt.Errorf("looking: %w", err)
	}
	return err
}

func okLaterWrapped(id string) error {
	err := find(id)
	if err != ErrNoRows {
		return err
	}
	err = findWrapped(id)
	return err
}

func okTextLogged(err error) string { return "failed: " + err.Error() }

func okTextEmpty(err error) bool { return err.Error() == "" }

func okTextTwo(a, b error) bool { return a.Error() == b.Error() }

func okTextCut(err error) string { return strings.TrimPrefix(err.Error(), "rpc error: ") }

func okTextSplit(err error) []string { return strings.Split(err.Error(), ": ") }

func okTextOfOther(lines []string) bool {
	return strings.Contains(lines[0], "error")
}

func okTextReplaced(err error) string { return strings.ReplaceAll(err.Error(), "\n", " ") }

func okTextOfMessage(msg string, err error) bool {
	return strings.Contains(msg, err.Error())
}

type notAnError struct{}

func (notAnError) Error() string { return "x" }

func okConcrete(e notAnError) bool { return e == notAnError{} }

func okSentinels() bool { return ErrNoRows == ErrConflict }

func okErrnoIs(err error) bool { return errors.Is(err, syscall.EINTR) }

func okFlag(id string) error {
	err := find(id)
	missing := err == ErrNoRows
	if missing {
		return nil
	}
	return err
}

func okCopy(id string) bool {
	err := find(id)
	first := err
	return first == ErrNoRows
}

func okDirect(id string) bool { return find(id) == ErrNoRows }

func okBoth(id string, again bool) bool {
	err := find(id)
	if again {
		err = find(id + id)
	}
	return err == ErrNoRows
}

func okPeek(r *bufio.Reader) bool {
	_, err := r.Peek(1)
	return err == bufio.ErrBufferFull
}

func okPipe(r *io.PipeReader, buf []byte) bool {
	_, err := r.Read(buf)
	return err == io.ErrClosedPipe
}

func okCookie(r *http.Request) string {
	c, err := r.Cookie("session")
	if err == http.ErrNoCookie {
		return ""
	}
	return c.Value
}

func okLoop(next func() (string, error), id string) {
	for {
		if err := find(id); err == ErrNoRows {
			break
		}
	}
}

func okTagless(id string) int {
	err := find(id)
	switch {
	case err == nil:
		return 200
	case err == ErrNoRows:
		return 404
	}
	return 500
}

func okUnexported(id string) error {
	stop := func() error { return errStop }
	_ = stop
	return find(id)
}

func okSentinelFirst(id string) bool { return ErrNoRows == find(id) }

func okNamedResult(id string) (err error) {
	if err = find(id); err == ErrNoRows {
		err = nil
	}
	return
}

func okContextCause(ctx context.Context) bool { return context.Cause(ctx) == context.Canceled }

func okErrorInterface(err error) bool {
	_, ok := err.(interface{ Is(error) bool })
	return ok
}

func okTextInLog(err error) string {
	if s := err.Error(); len(s) > 80 {
		return s[:80]
	}
	return err.Error()
}

func okTextReassigned(err error) bool {
	s := err.Error()
	s = "x"
	return s == "no rows"
}

func okTextJoin(err error) string { return strings.Join([]string{"a", err.Error()}, ": ") }

func okPredicateDirect(name string) bool { return os.IsExist(os.Mkdir(name, 0o755)) }

func okTextOfParameter(text string, tail func(string) string) bool {
	text = strings.TrimSpace(text)
	return text == "no rows"
}

func okTextRound(a, b string) bool {
	for range 2 {
		a = strings.ToLower(b)
		b = strings.ToLower(a)
	}
	return a == "no rows"
}

func okTextShown(err error) string {
	if strings.HasPrefix(err.Error(), "json: ") {
		return "unsupported: " + strings.TrimPrefix(err.Error(), "json: ")
	}
	return err.Error()
}

type layer struct {
	inner error
	note  string
}

func (l *layer) Error() string { return l.note }

func okRecursive(err error) string {
	if l, ok := err.(*layer); ok {
		return l.note + ": " + okRecursive(l.inner)
	}
	return err.Error()
}

func okContractOfStandard(name string) string {
	_, err := os.Open(name)
	if err == nil {
		return ""
	}
	return err.(*fs.PathError).Path
}

// cortex, docker: what is handed in may have come over a wire, as text and no more.

func badTextOfParameter(err error) bool {
	return err != nil && strings.Contains(err.Error(), "use of closed network connection") // want `^strict: what to do is decided by the text of err, which stands for net.ErrClosed`
}

func badTextOfCall(l net.Listener) error {
	_, err := l.Accept()
	if err != nil && strings.Contains(err.Error(), "use of closed network connection") { // want `^what to do is decided by the text of err, which stands for net.ErrClosed`
		return nil
	}
	return err
}

func okKindOfParameter(err error) bool { return errors.Is(err, net.ErrClosed) }

func okKindOfCall(l net.Listener) error {
	_, err := l.Accept()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func okTextWritten(w *strings.Builder, err error) {
	w.WriteString(err.Error())
}

func okTextMatchedOnPurpose(err error) bool {
	// The peer sends nothing but the text.
	return err != nil && strings.Contains(err.Error(), "use of closed network connection")
}

// gh: the package that gave the error has a type that holds the status as a number.

func badTextOfStatus(url string) error {
	_, err := kinds.Fetch(url)
	if err != nil && strings.Contains(err.Error(), "HTTP 404") { // want `^what to do is decided by the text of err, of which errors.As finds the status, in kinds.HTTPError`
		return nil
	}
	return err
}

func okStatus(url string) error {
	_, err := kinds.Fetch(url)
	if answer := (*kinds.HTTPError)(nil); errors.As(err, &answer) && answer.StatusCode == 404 {
		return nil
	}
	return err
}

func okStatusSaid(url string) error {
	_, err := kinds.Fetch(url)
	if err != nil {
		return fmt.Errorf("no 404, but: %w", err)
	}
	return nil
}

func badTextOfNumber(url string) error {
	_, err := kinds.Fetch(url)
	if err != nil && strings.Contains(err.Error(), "1404 lines") { // want `^strict: what to do is decided by the text of err`
		return nil
	}
	return err
}

// There is no such type where the error comes from.
func badTextOfStatusElsewhere(name string) error {
	_, err := os.Open(name)
	if err != nil && strings.Contains(err.Error(), "404") { // want `^strict: what to do is decided by the text of err`
		return nil
	}
	return err
}

func okStatusAsText(url string) string {
	if _, err := kinds.Fetch(url); err != nil {
		return "404: " + err.Error()
	}
	return ""
}

func okStatusOfOther(code int) bool { return code == 404 }

func okStatusIs(url string, notFound error) bool {
	_, err := kinds.Fetch(url)
	return errors.Is(err, notFound)
}

// longhorn: a text of a type of its own.

type state string

const closedState state = "use of closed network connection"

func badTextOfState(l net.Listener) error {
	_, err := l.Accept()
	if err != nil && strings.Contains(err.Error(), string(closedState)) { // want `^what to do is decided by the text of err`
		return nil
	}
	return err
}

func badTextOfStateTwice(l net.Listener) error {
	_, err := l.Accept()
	if err != nil && strings.Contains(err.Error(), (string)(state("use of closed network connection"))) { // want `^what to do is decided by the text of err`
		return nil
	}
	return err
}

func okStateTwice(l net.Listener) string { return string(state(l.Addr().String())) }

func okStateLater(l net.Listener) (state, error) {
	_, err := l.Accept()
	return state(closedState), err
}

func okStateSaid(l net.Listener) (state, error) {
	_, err := l.Accept()
	return closedState, err
}

func okStateCompared(s state) bool { return s == closedState }
