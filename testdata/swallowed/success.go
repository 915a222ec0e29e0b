// Package swallowed holds errors that were tested and then lost (bad…) and, at
// least twice as often, errors that look alike and are dealt with (ok…).
package swallowed

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// The branch taken on failure answers success.

type pool struct{ dir string }

func (p *pool) load(path string) error {
	_, err := os.ReadFile(filepath.Join(p.dir, path))
	return err
}

func badReturnNil(p *pool, path string) error {
	err := p.load(path)
	if err != nil {
		return nil // want `^p.load failed \(line \d+\), yet success is returned`
	}
	return nil
}

func badReturnCode(path string, formatted []byte) (int, error) {
	if err := os.WriteFile(path, formatted, 0o600); err != nil {
		return 1, nil // want `^os.WriteFile failed \(line \d+\), yet success is returned`
	}
	return 0, nil
}

func badDigest(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", nil // want `^io.Copy failed \(line \d+\), yet success is returned`
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func badTranslate(v any, lookup func(any) (string, error)) (string, error) {
	s, err := lookup(v)
	if err != nil {
		return "", nil // want `^lookup failed \(line \d+\), yet success is returned`
	}
	return s, nil
}

func badElse(ctx context.Context, cmd *exec.Cmd) error {
	if err := cmd.Run(); err == nil {
		return ctx.Err()
	} else {
		return nil // want `^cmd.Run failed \(line \d+\), yet success is returned`
	}
}

func badCallback(root string, visit func(string) error) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, _ error) error {
		if err := visit(path); err != nil {
			return nil // want `^visit failed \(line \d+\), yet success is returned`
		}
		return nil
	})
}

func badGeneric[T any](v T, put func(T) error) error {
	if err := put(v); err != nil {
		return nil // want `^put failed \(line \d+\), yet success is returned`
	}
	return nil
}

func badTodo(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		// TODO(maria): tell the caller once it can cope with it
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	}
	return nil
}

func badSwitch(l ledger, o order) error {
	switch err := l.Charge(o); {
	case err != nil:
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	default:
		return l.Refund(o)
	}
}

func badSelect(errc <-chan error, done <-chan struct{}) error {
	select {
	case err := <-errc:
		if err != nil {
			return nil // want `^the received error failed \(line \d+\), yet success is returned|^the received error`
		}
	case <-done:
	}
	return nil
}

func badGoto(l ledger, orders []order) error {
	i := 0
next:
	if i == len(orders) {
		return nil
	}
	if err := l.Charge(orders[i]); err != nil {
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	}
	i++
	goto next
}

func badMessageOnly(l ledger, o order, verbose bool) error {
	if err := l.Refund(o); err != nil {
		if verbose {
			fmt.Println("no such order")
		}
		return nil // want `^strict: l.Refund failed \(line \d+\), yet success is returned`
	}
	return nil
}

// Logged, and then success: a matter for the strict tier.

func badLogged(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		log.Printf("charging %s: %v", o.ID, err)
		return nil // want `^strict: the failure of l.Charge \(line \d+\) is only logged`
	}
	return nil
}

func badLoggedResources(list func() ([]string, error)) ([]string, error) {
	names, err := list()
	if err != nil {
		log.Println("listing", err)
		return []string{}, nil // want `^strict: the failure of list \(line \d+\) is only logged`
	}
	return names, nil
}

func badTruncatedCopy(w http.ResponseWriter, body io.Reader) error {
	if _, err := io.Copy(w, body); err != nil {
		log.Println("aborting with incomplete response:", err)
		return nil // want `^strict: the failure of io.Copy \(line \d+\) is only logged`
	}
	return nil
}

// Probes answer by failing.

func badProbe(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, nil // want `^strict: os.Stat failed \(line \d+\), yet success is returned`
	}
	return info.Size(), nil
}

// Silent.

func okReturned(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		return err
	}
	return nil
}

func okWrapped(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		return fmt.Errorf("charging %s: %w", o.ID, err)
	}
	return nil
}

func okAnotherError(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		return errRefused
	}
	return nil
}

var errRefused = errors.New("refused")

func okConcrete(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		return &refusal{Order: o, Cause: err}
	}
	return nil
}

type refusal struct {
	Order order
	Cause error
}

func (r *refusal) Error() string { return "refused: " + r.Cause.Error() }
func (r *refusal) Unwrap() error { return r.Cause }

func okExpectedKind(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

func okExpectedKindNested(path string) error {
	if err := os.Remove(path); err != nil {
		if os.IsNotExist(err) {
			return nil
		}
		return err
	}
	return nil
}

func okNotExpectedKind(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func okEndOfFile(r *bufio.Reader) (lines []string, err error) {
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			lines = append(lines, line)
		}
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return lines, err
		}
	}
}

func okServerClosed(srv *http.Server) error {
	if err := srv.ListenAndServe(); err != http.ErrServerClosed {
		return err
	}
	return nil
}

func okCancelled(ctx context.Context, l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
	return nil
}

func okMatchedType(l ledger, o order) error {
	err := l.Charge(o)
	var r *refusal
	if errors.As(err, &r) {
		return nil
	}
	return err
}

func okPredicate(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		if isTemporary(err) {
			return nil
		}
		return err
	}
	return nil
}

func isTemporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.As(err, &t) && t.Temporary()
}

func okFallback(primary, secondary ledger, o order) error {
	if err := primary.Charge(o); err != nil {
		return secondary.Charge(o)
	}
	return nil
}

func okFallbackNamed(primary, secondary ledger, o order) (err error) {
	if err = primary.Charge(o); err != nil {
		err = secondary.Charge(o)
	}
	return
}

func okStored(p *status, l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		p.last = err
		return nil
	}
	return nil
}

type status struct{ last error }

func okSent(errc chan<- error, l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		errc <- err
		return nil
	}
	return nil
}

func okAnswered(w http.ResponseWriter, l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		http.Error(w, err.Error(), http.StatusPaymentRequired)
		return nil
	}
	return nil
}

func okReported(report func(error), l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		report(err)
		return nil
	}
	return nil
}

func okRetried(l ledger, o order) error {
	var err error
	for range 3 {
		if err = l.Charge(o); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func okDeferredResult(l ledger, o order) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("order %s: %w", o.ID, err)
		}
	}()
	if err = l.Charge(o); err != nil {
		return
	}
	return nil
}

func okResultInStruct(l ledger, o order) (outcome, error) {
	if err := l.Charge(o); err != nil {
		return outcome{Err: err}, nil
	}
	return outcome{}, nil
}

type outcome struct{ Err error }

func okTextInResult(l ledger, o order) (string, error) {
	if err := l.Charge(o); err != nil {
		return err.Error(), nil
	}
	return "", nil
}

func okPanics(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		panic(err)
	}
	return nil
}

func okFatal(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		log.Fatal(err)
	}
	return nil
}

func okCheckHelper(l ledger, o order) error {
	check(l.Charge(o))
	return nil
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func okReason(l ledger, o order) error {
	if err := l.Refund(o); err != nil {
		// Whoever has not paid gets nothing back.
		return nil // want `^silenced\(comment\)`
	}
	return nil
}

func okReasonBehind(l ledger, o order) error {
	if err := l.Refund(o); err != nil {
		return nil // whoever has not paid gets nothing back // want `^silenced\(comment\)`
	}
	return nil
}

func okReasonAtCondition(l ledger, o order) error {
	// Whoever has not paid gets nothing back.
	if err := l.Refund(o); err != nil {
		return nil // want `^silenced\(comment\)`
	}
	return nil
}

func okDirective(l ledger, o order) error {
	if err := l.Refund(o); err != nil {
		return nil //errvet:ignore swallowed the bank tells them itself // want `^silenced\(ignore\)`
	}
	return nil
}

func okDirectiveAtHandler(l ledger, o order) error {
	//errvet:ignore swallowed the bank tells them itself
	if err := l.Refund(o); err != nil {
		return nil // want `^silenced\(ignore\)`
	}
	return nil
}

func okNolint(l ledger, o order) error {
	if err := l.Refund(o); err != nil {
		return nil //nolint:nilerr // want `^silenced\(nolint\)`
	}
	return nil
}

func okRefundBestEffort(l ledger, o order) error {
	if err := l.Refund(o); err != nil {
		return nil // want `^silenced\(best-effort\)`
	}
	return nil
}

func okParsed(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("not a number of seconds: %q", s)
	}
	return n, nil
}

func okDecodedEither(data []byte) (v struct{ ID string }, err error) {
	if err = json.Unmarshal(data, &v); err != nil {
		v.ID = string(data)
		return v, err
	}
	return v, nil
}

// A value made to fall back on is meant.

type address struct{ host, port string }

func badFallsBack(path string) (*address, bool, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return &address{"localhost", "80"}, false, nil // want `^strict: os.ReadFile failed \(line \d+\), yet success is returned`
	}
	if _, err := os.ReadFile(string(b)); err != nil {
		return nil, true, nil // want `^strict: os.ReadFile failed \(line \d+\), yet success is returned`
	}
	if c, err := os.ReadFile(string(b)); err != nil {
		return &address{host: string(c)}, false, nil // want `^strict: os.ReadFile failed \(line \d+\), yet success is returned`
	}
	return &address{host: string(b)}, false, nil
}

func badMadeOfIt(path string) (address, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return address{host: string(b)}, nil // want `^os.ReadFile failed \(line \d+\), yet success is returned`
	}
	return address{string(b), "80"}, nil
}

func okFallsBackUnlessAsked(path string) (*address, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &address{"localhost", "80"}, nil
	}
	if err != nil {
		return nil, err
	}
	return &address{host: string(b)}, nil
}

func okFallsBackWith(path string) (*address, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return &address{"localhost", "80"}, err
	}
	return &address{host: string(b)}, nil
}

// What can fail in one way only gives an answer.

func position(text string) (int, error) {
	for i, r := range text {
		if r == '@' {
			return i, nil
		}
	}
	return 0, errNoAt
}

var errNoAt = errors.New("no @")

func badOneWay(text string) (string, error) {
	i, err := position(text)
	if err != nil {
		return "", nil // want `^strict: position failed \(line \d+\), yet success is returned`
	}
	return text[:i], nil
}

func okOneWay(text string) (string, error) {
	i, err := position(text)
	if err != nil {
		return "", err
	}
	return text[:i], nil
}

func okOneWayWrapped(text string) (string, error) {
	i, err := position(text)
	if err != nil {
		return "", fmt.Errorf("%q: %w", text, err)
	}
	return text[:i], nil
}

func okFallsBackAfterwards(path string) (*address, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 {
		return &address{"localhost", "80"}, nil
	}
	return &address{host: string(b)}, nil
}

// What parses flags has said what is wrong with them, and how they are written, to whoever typed them.

func badToldFlags(args []string) error {
	set := flag.NewFlagSet("check", flag.ContinueOnError)
	if err := set.Parse(args); err != nil {
		return nil // want `^strict: set.Parse failed \(line \d+\), yet success is returned`
	}
	return nil
}

func badToldFlagsHere(args []string) (err error) {
	set := flag.NewFlagSet("check", flag.ContinueOnError)
	set.SetOutput(os.Stdout)
	deep := set.Bool("deep", false, "look at each file")
	if err = set.Parse(args); err != nil {
		return nil // want `^strict: set.Parse failed \(line \d+\), yet success is returned`
	}
	if *deep {
		return errors.New("too deep")
	}
	return nil
}

func badSilentFlags(args []string) error {
	set := flag.NewFlagSet("check", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	if err := set.Parse(args); err != nil {
		return nil // want `^set.Parse failed \(line \d+\), yet success is returned`
	}
	return nil
}

func (p *pool) loadLoudly(path string) error {
	if _, err := os.ReadFile(filepath.Join(p.dir, path)); err != nil {
		log.Printf("reading %s: %v", path, err)
		return err
	}
	return nil
}

func badLoud(p *pool, path string) error {
	if err := p.loadLoudly(path); err != nil {
		return nil // want `^strict: p.loadLoudly failed \(line \d+\), yet success is returned`
	}
	return nil
}

func okFlagsReturned(args []string) error {
	set := flag.NewFlagSet("check", flag.ContinueOnError)
	if err := set.Parse(args); err != nil {
		return err
	}
	return nil
}

func okHelp(args []string) error {
	set := flag.NewFlagSet("check", flag.ContinueOnError)
	if err := set.Parse(args); err != nil && !errors.Is(err, flag.ErrHelp) {
		return err
	}
	return nil
}

func okFlagsThatEnd(args []string) error {
	set := flag.NewFlagSet("check", flag.ExitOnError)
	if err := set.Parse(args); err != nil {
		return nil
	}
	return nil
}

func okLoudReturned(p *pool, path string) error {
	if err := p.loadLoudly(path); err != nil {
		return fmt.Errorf("loading: %w", err)
	}
	return nil
}

func okNoFlags(args []string) error {
	set := flag.NewFlagSet("check", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	if err := set.Parse(args); err != nil {
		return fmt.Errorf("flags: %w", err)
	}
	return nil
}

func okLoudKept(p *pool, paths []string) error {
	var errs []error
	for _, path := range paths {
		if err := p.loadLoudly(path); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// seaweedfs: the answer tells of the failure, in its own way.
func badAnswersWithCode(h handler, id int, body []byte) ([]byte, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return h.errorResponse(id, 42), nil // want `^strict: json.Unmarshal failed \(line \d+\), yet success is returned`
	}
	return h.response(id, o), nil
}

func badAnswersWithNamedCode(h handler, id int, body []byte) ([]byte, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return h.code(id, codeFailed), nil // want `^strict: json.Unmarshal failed \(line \d+\), yet success is returned`
	}
	return h.response(id, o), nil
}

func badAnswersAsIfDone(h handler, id int, body []byte) ([]byte, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return h.response(id, o), nil // want `^json.Unmarshal failed \(line \d+\), yet success is returned`
	}
	return h.response(id, o), nil
}

type handler interface {
	errorResponse(id, code int) []byte
	code(id, code int) []byte
	response(id int, o order) []byte
}

const codeFailed = 7

// syncFolder makes the name last. A folder that cannot be opened is tolerated.
func badTolerated(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return nil // want `^strict: os.Open failed \(line \d+\), yet success is returned`
	}
	defer d.Close()
	return d.Sync()
}

func okAnswersAboutNothing(h handler, id int, body []byte) ([]byte, error) {
	if len(body) == 0 {
		return h.errorResponse(id, 42), nil
	}
	return h.response(id, order{}), nil
}

func okAnswersWrapped(h handler, id int, body []byte) ([]byte, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return nil, fmt.Errorf("request %d: %w", id, err)
	}
	return h.response(id, o), nil
}

func okCloses(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return d.Close()
}

func okAnswersAndTells(h handler, id int, body []byte) ([]byte, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return h.errorResponse(id, 42), err
	}
	return h.response(id, o), nil
}

func okAnswersWithText(h handler, id int, body []byte) ([]byte, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return []byte(err.Error()), nil
	}
	return h.response(id, o), nil
}

func okOnlyOthers(name string) error {
	d, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.Close()
}

func okGivesBoth(name string) (*os.File, error) {
	d, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// mco: what is not encoded is taken as it came.
func badAsItCame(text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return []byte(text), nil // want `^strict: StdEncoding.DecodeString failed \(line \d+\), yet success is returned`
	}
	return data, nil
}

func okDecoded(text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("not encoded: %w", err)
	}
	return data, nil
}

func okDecodedOrBoth(text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return []byte(text), err
	}
	return data, nil
}

// loki: a context that is handed on as it is has lost what was to be put into it.
func badContextAsItWas(ctx context.Context, with func(context.Context) (context.Context, error)) (context.Context, error) {
	inner, err := with(ctx)
	if err != nil {
		return ctx, nil // want `^with failed \(line \d+\), yet success is returned`
	}
	return inner, nil
}

func okContext(ctx context.Context, with func(context.Context) (context.Context, error)) (context.Context, error) {
	inner, err := with(ctx)
	if err != nil {
		return nil, err
	}
	return inner, nil
}

func okContextBoth(ctx context.Context, with func(context.Context) (context.Context, error)) (context.Context, error) {
	inner, err := with(ctx)
	if err != nil {
		return ctx, err
	}
	return inner, nil
}
