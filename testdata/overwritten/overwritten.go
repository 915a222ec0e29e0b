// Package overwritten holds errors that are replaced, or go out of scope,
// before anyone looked at them (bad…) and, at least twice as often, assignments
// that lose nothing (ok…).
package overwritten

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"go.uber.org/multierr"
)

type prompter interface {
	Password(prompt string) (string, error)
	Confirm(prompt string) (bool, error)
}

type linker interface {
	Link(page string) (string, error)
	Publish(page string) (string, error)
}

// Assigned again.

func badPrompt(p prompter, generate func(passphrase string) error) error {
	passphrase, err := p.Password("Passphrase") // want `^the error of p.Password is overwritten on line \d+ before anyone looked at it`
	err = generate(passphrase)
	return err
}

func badRedeclared(l linker, page string) (string, error) {
	ref, err := l.Link(page) // want `^the error of l.Link is overwritten on line \d+ before anyone looked at it`
	pub, err := l.Publish(ref)
	if err != nil {
		return "", err
	}
	return pub, nil
}

func badInBranch(d disk, path string, format bool) error {
	var err error
	if format {
		err = d.Format(path) // want `^the error of d.Format is overwritten on line \d+ before anyone looked at it`
	}
	err = d.Mount(path)
	return err
}

func badVarDeclaration(d disk, path string) error {
	var err = d.Format(path) // want `^the error of d.Format is overwritten on line \d+`
	err = d.Mount(path)
	return err
}

func badInIfInit(d disk, path string) error {
	err := d.Format(path) // want `^the error of d.Format is overwritten on line \d+`
	if err = d.Mount(path); err != nil {
		return err
	}
	return nil
}

func badInSwitch(d disk, kind, path string) error {
	err := d.Unmount(path) // want `^strict: the error of d.Unmount is overwritten on line \d+`
	switch kind {
	case "new":
		err = d.Format(path)
	case "old":
		err = d.Mount(path)
	}
	return err
}

func badReceived(errc <-chan error, d disk, path string) error {
	err := <-errc // want `^the error of the received error is overwritten on line \d+|^the received error`
	err = d.Mount(path)
	return err
}

func badTodo(d disk, path string) error {
	err := d.Format(path) // want `^the error of d.Format is overwritten on line \d+`
	// TODO: check err
	err = d.Mount(path)
	return err
}

func badGeneric[T any](decode func() (T, error), check func(T) error) (T, error) {
	v, err := decode() // want `^the error of decode is overwritten on line \d+`
	err = check(v)
	return v, err
}

func badInClosure(d disk, path string) func() error {
	return func() error {
		err := d.Format(path) // want `^the error of d.Format is overwritten on line \d+`
		err = d.Mount(path)
		return err
	}
}

func badSelect(ctx context.Context, a, b <-chan error, d disk) error {
	var err error
	select {
	case err = <-a: // want `^the error of the received error is overwritten on line`
	case err = <-b: // want `^the error of the received error is overwritten on line`
	case <-ctx.Done():
		err = ctx.Err()
	}
	err = d.Mount("/")
	return err
}

func badGoto(d disk, path string, again bool) (err error) {
mount:
	err = d.Mount(path) // want `^only the last turn's error of d.Mount is looked at|^the error of d.Mount is overwritten on line \d+`
	if again {
		again = false
		goto mount
	}
	return err
}

// Only the last turn.

func badNotify(notify func(string) error, peers []string) error {
	var err error
	for _, peer := range peers {
		err = notify(peer) // want `^only the last turn's error of notify is looked at: the next turn overwrites it`
	}
	return err
}

func badRemovePending(remove func(string) error, keys []string) (err error) {
	for i := range keys {
		err = remove(keys[i]) // want `^only the last turn's error of remove is looked at`
	}
	return err
}

func badCounted(d disk, n int) error {
	var err error
	for i := 0; i < n; i++ {
		if i%2 == 0 {
			continue
		}
		err = d.Format(strconv.Itoa(i)) // want `^only the last turn's error of d.Format is looked at`
	}
	return err
}

func badPrinters(w io.Writer, rows []string) (err error) {
	for _, row := range rows {
		_, err = fmt.Fprintln(w, row) // want `^only the last turn's error of fmt.Fprintln is looked at`
	}
	return err
}

// A parameter.

func badWalk(root string, parse func(string) error) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		data, err := os.ReadFile(path) // want `^the error handed in as err is overwritten before anyone looked at it`
		if err != nil {
			return err
		}
		return parse(string(data))
	})
}

func badDone(err error, d disk) error {
	err = d.Unmount("/") // want `^the error handed in as err is overwritten before anyone looked at it`
	return err
}

type request struct{ reason string }

type requests interface {
	Update(r *request, change func(r *request)) (*request, error)
	Each(visit func(r *request) error) error
}

// What a literal calls by the same name is another error.
func badHandedInNotRead(all requests, r *request, err error) error {
	_, err = all.Update(r, func(r *request) { // want `^the error handed in as err is overwritten before anyone looked at it`
		if err := os.Remove(r.reason); err != nil {
			log.Print(err)
		}
	})
	return err
}

// velero: the callee may run it at once.
func okHandedInRead(all requests, r *request, err error) error {
	_, err = all.Update(r, func(r *request) {
		r.reason = err.Error()
	})
	return err
}

func change(r *request, by func(r *request)) error {
	by(r)
	return os.Remove(r.reason)
}

func okHandedInReadAtOnce(r *request, err error) error {
	err = change(r, func(r *request) { r.reason = fmt.Sprint("failed: ", err) })
	return err
}

func okReadByLiteral(all requests, d disk, r *request) error {
	err := d.Format(r.reason)
	_, err = all.Update(r, func(r *request) {
		if err != nil {
			r.reason = err.Error()
		}
	})
	return err
}

// A switch that comes too late decides nothing here.
func badSwitchBehind(path string, d disk, err error) error {
	err = d.Mount(path) // want `^the error handed in as err is overwritten before anyone looked at it` `^strict: the error of d.Mount is not looked at`
	switch {
	case path == "-":
		return nil
	case err != nil:
		return err
	}
	return d.Unmount(path)
}

// argo: what stands first among the cases has the say.
func okCaseBefore(path string, err error) (string, error) {
	var r io.Reader
	switch {
	case path == "-":
		r = os.Stdin
	case err != nil:
		return "", err
	default:
		r = strings.NewReader(path)
	}
	data, err := io.ReadAll(r)
	return string(data), err
}

func okCaseBeforeReturned(path string, d disk, err error) error {
	switch {
	case path == "":
		path = "/"
	case errors.Is(err, fs.ErrNotExist), err == nil:
	default:
		return err
	}
	err = d.Mount(path)
	return err
}

// A deferred closure.

func badDeferredClose(path string, fill func(io.Writer) error) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		err = f.Close() // want `^the deferred closure overwrites err, which may hold the function's own error`
	}()
	return fill(f)
}

func badDeferredTuple(l linker, page string) (s string, err error) {
	defer func() {
		s, err = l.Publish(page) // want `^the deferred closure overwrites err, which may hold the function's own error`
	}()
	return l.Link(page)
}

// What the closure makes of the error under its other name has it in it, or may have.

// containerd
func okDeferredMadeOf(d disk, path string, undo func(path string, cause error) error) (err error) {
	var formatErr error
	defer func() {
		if formatErr != nil {
			err = undo(path, formatErr)
		}
	}()
	if err := d.Mount(path); err != nil {
		return err
	}
	formatErr = d.Format(path)
	if formatErr != nil {
		return formatErr
	}
	return nil
}

func okDeferredWrapped(d disk, path string) (err error) {
	mountErr := d.Mount(path)
	defer func() {
		if mountErr != nil {
			err = fmt.Errorf("mount %s: %w", path, mountErr)
		}
	}()
	if mountErr != nil {
		return mountErr
	}
	return d.Format(path)
}

func badDeferredMadeOfOther(d disk, path string, undo func(path string, cause error) error) (err error) {
	other := d.Mount(path)
	defer func() {
		err = undo(path, other) // want `^the deferred closure overwrites err, which may hold the function's own error`
	}()
	return d.Format(path)
}

// Behind the question whether there was a panic, there is no error yet.

// pocketbase
func okDeferredRecovered(d disk, path string, fail func(any) error) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		err = fail(r)
	}()
	err = d.Mount(path)
	return err
}

func okDeferredRecoveredInit(d disk, path string, fail func(string) error) (err error) {
	defer func() {
		if r := recover(); r == nil {
			return
		}
		err = fail(path)
	}()
	return d.Mount(path)
}

func okDeferredRecoveredVar(d disk, path string, fail func(any) error) (err error) {
	var r any
	defer func() {
		r = recover()
		if r == nil {
			return
		}
		log.Print("panicked")
		err = fail(r)
	}()
	return d.Mount(path)
}

func badDeferredBesideRecover(d disk, path string) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			log.Print("went well")
		}
		err = d.Unmount(path) // want `^the deferred closure overwrites err, which may hold the function's own error`
	}()
	return d.Mount(path)
}

func badDeferredNowhere(d disk, path string) error {
	err := d.Mount(path)
	if err != nil {
		return err
	}
	defer func() {
		err = d.Unmount(path) // want `^the error of d.Unmount is assigned to err, which is no result: nobody reads it after the deferred closure`
	}()
	return d.Format(path)
}

// Not looked at on one path.

// The last assignment of all.
func badUnseenLast(d disk, path string) error {
	err := d.Unmount(path)
	if err != nil {
		return err
	}
	err = d.Format(path) // want `^the error of d.Format is not looked at on a path that ends on line \d+`
	return nil
}

func badUnseenAtTheEnd(d disk, path string) {
	err := d.Unmount(path)
	if err != nil {
		log.Print(err)
	}
	err = d.Format(path) // want `^the error of d.Format is not looked at on a path to the end of its scope`
}

// argo: the text of each failure is kept, and what the call gives says no more.
func badUnseenKept(all requests, reasons map[string]string) {
	err := os.Chdir("/")
	if err != nil {
		return
	}
	err = all.Each(func(r *request) error { // want `^strict: the error of all.Each is not looked at on a path to the end of its scope`
		err := os.Remove(r.reason)
		if err != nil {
			text := err.Error()
			reasons[r.reason] = text
			return err
		}
		return nil
	})
}

func badUnseenKeptSome(all requests, reasons map[string]string) {
	err := os.Chdir("/")
	if err != nil {
		return
	}
	err = all.Each(func(r *request) error { // want `^the error of all.Each is not looked at on a path to the end of its scope`
		err := os.Remove(r.reason)
		if err != nil {
			reasons[r.reason] = "not removed"
			return err
		}
		return nil
	})
}

func okSeenKept(all requests, reasons map[string]string) error {
	err := os.Chdir("/")
	if err != nil {
		return err
	}
	err = all.Each(func(r *request) error {
		err := os.Remove(r.reason)
		if err != nil {
			reasons[r.reason] = err.Error()
		}
		return err
	})
	return err
}

func okKeptAndReturned(all requests) (failed []error) {
	err := all.Each(func(r *request) error {
		err := os.Remove(r.reason)
		failed = append(failed, err)
		return err
	})
	if err != nil {
		log.Print(err)
	}
	return failed
}

// Shadowed: the outer variable is read, and nobody ever assigns it.

func badShadowedRetry(exchange func(string) (int, error), zone string) (err error) {
	code := -1
	for range 3 {
		c, err := exchange(zone) // want `^the error of exchange goes into a new err that hides the outer one, which is nil where it is read later`
		if err != nil {
			continue
		}
		if code = c; code == 0 {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("zone %s: %w", zone, err)
	}
	return fmt.Errorf("zone %s: code %d", zone, code)
}

// telegraf: the inner error is tested, by a question that stands on the wrong side of ||. The question is told, by wrongerr.
func okShadowedAskedForNothing(next func() (string, error), line func(string)) error {
	var err error
	for {
		l, err := next()
		if err != nil || errors.Is(err, io.EOF) {
			break
		}
		line(l)
	}
	return err
}

func badShadowedAskedForEnd(next func() (string, error), line func(string)) error {
	var err error
	for {
		l, err := next() // want `^the error of next goes into a new err that hides the outer one`
		if err != nil {
			break
		}
		line(l)
	}
	return err
}

func badShadowedUpgrade(upgrade func(string) error, names []string) error {
	var err error
	for _, name := range names {
		err := upgrade(name) // want `^the error of upgrade goes into a new err that hides the outer one`
		if err != nil {
			fmt.Println("failed:", name)
		} else {
			fmt.Println("upgraded:", name)
		}
	}
	return err
}

func badShadowedInGoroutine(ctx context.Context, shell func(context.Context) error) error {
	errc := make(chan error, 1)
	go func() {
		var err error
		if ctx.Err() == nil {
			err := shell(ctx) // want `^the error of shell goes into a new err that hides the outer one`
			if err != nil {
				log.Print("the shell ended")
			}
		}
		errc <- err
	}()
	return <-errc
}

func badReturnOver(d disk, path string) (err error) {
	err = d.Format(path) // want `^the error of d.Format is overwritten on line \d+ before anyone looked at it`
	return d.Mount(path)
}

func badDeferredTranslated(d disk, path string, translate func(error) error) error {
	err := d.Mount(path)
	defer func() {
		err = translate(err) // want `^the error of translate is assigned to err, which is no result`
	}()
	if err != nil {
		return err
	}
	return d.Format(path)
}

// restic: kept in a variable that is no result.
func badCopiedNowhere(d disk, path string) error {
	err := d.Mount(path)
	if err != nil {
		return err
	}
	defer func() {
		if uerr := d.Unmount(path); uerr != nil && err == nil {
			err = uerr // want `^the error of d.Unmount is assigned to err, which is no result: nobody reads it after the deferred closure`
		}
	}()
	err = d.Format(path)
	return err
}

// istio: both branches of the closure set a variable that is no result. One name at the result mends both.
func badDeferredNowhereTwice(d disk, path string) error {
	err := d.Mount(path)
	if err != nil {
		return err
	}
	defer func() {
		if uerr := d.Unmount(path); uerr != nil {
			if err != nil {
				err = fmt.Errorf("%s: %w", uerr, err) // want `^the error of fmt.Errorf is assigned to err, which is no result: nobody reads it after the deferred closure`
			} else {
				err = uerr
			}
		}
	}()
	return d.Format(path)
}

func badCopiedInner(d disk, path string, mount bool) (err error) {
	if mount {
		err := d.Mount(path)
		defer func() {
			uerr := d.Unmount(path)
			if uerr != nil {
				err = errors.Join(err, uerr) // want `^the error of errors.Join is assigned to err, which is no result|^the error of d.Unmount is assigned to err, which is no result`
			}
		}()
		if err != nil {
			return err
		}
	}
	return d.Format(path)
}

// Where another path looks, this one may have its reasons.

func badUnseenOnOnePath(d disk, path string, dry bool) error {
	err := d.Format(path) // want `^strict: the error of d.Format is not looked at on a path that ends on line \d+`
	if dry {
		return nil
	}
	return err
}

func badUnseenShadow(d disk, paths []string) (err error) {
	for _, path := range paths {
		if path != "" {
			err := d.Format(path) // want `^strict: the error of d.Format is not looked at on a path to the end of its scope`
			if path == "/" {
				return err
			}
		}
	}
	return err
}

// The result of the last one that fits is what is wanted, as a whole.
func badWholeResult(l *link, pages []string) (target string, err error) {
	for _, page := range pages {
		if len(page) > len(target) {
			target, err = l.find(page) // want `^strict: only the last turn's error of l.find is looked at`
		}
	}
	return target, err
}

func okWholeResult(l *link, pages []string) (target string, err error) {
	for _, page := range pages {
		if target, err = l.find(page); err == nil {
			break
		}
	}
	return target, err
}

func okWholeJoined(l *link, pages []string) (target string, errs error) {
	for _, page := range pages {
		var err error
		target, err = l.find(page)
		errs = errors.Join(errs, err)
	}
	return target, errs
}

// What the call gave beside its error says how it went.
func badAskedBeside(l *link, pages []string) (err error) {
	l.target, err = l.find(pages[0]) // want `^strict: the error of l.find is overwritten on line \d+`
	if l.target == "" {
		return err
	}
	err = l.publish()
	return err
}

// Both ways lead to a second try.
func badEitherAgain(l *link, pages []string) (string, error) {
	at, err := l.find(pages[0]) // want `^strict: the error of l.find is overwritten on line \d+`
	if short := len(at) < 3; short || err != nil {
		goto again
	}
	return at, nil
again:
	at, err = l.find(pages[1])
	return at, err
}

type link struct{ target string }

func (l *link) find(page string) (string, error) {
	data, err := os.ReadFile(page)
	return string(data), err
}

func (l *link) publish() error { return os.WriteFile(l.target, nil, 0o666) }

// Silent.

// The result has the name.
func okCopiedToResult(d disk, path string) (err error) {
	defer func() {
		if uerr := d.Unmount(path); uerr != nil && err == nil {
			err = uerr
		}
	}()
	return d.Format(path)
}

// A closure deferred before reads it.
func okCopiedForAnother(d disk, path string) error {
	var err error
	defer func() {
		if err != nil {
			log.Print(err)
		}
	}()
	defer func() {
		if uerr := d.Unmount(path); uerr != nil {
			err = uerr
		}
	}()
	return d.Format(path)
}

// The variable is that of a function further out, which reads it.
func okCopiedOut(d disk, paths []string) error {
	var err error
	for _, path := range paths {
		func() {
			defer func() {
				if uerr := d.Unmount(path); uerr != nil {
					err = uerr
				}
			}()
			log.Print(path)
		}()
	}
	return err
}

// It is told before.
func okCopiedAndLogged(d disk, path string) error {
	err := d.Mount(path)
	defer func() {
		if uerr := d.Unmount(path); uerr != nil {
			log.Print(uerr)
			err = uerr
		}
	}()
	return err
}

// An error handed in gives way to another one that was found.
func okParameterGivesWay(d disk, err error, done chan<- bool) {
	if uerr := d.Unmount("/"); uerr != nil {
		err = uerr
	}
	done <- err == nil
}

// The inner error is dealt with where it is met, and the outer one is not asked there.
func okShadowedAndTold(d disk, path string) (n int, err error) {
	if err := d.Unmount(path); err != nil {
		log.Print("unmounting: ", err)
	}
	if err = d.Mount(path); err != nil {
		return 0, err
	}
	if err := d.Format(path); err != nil {
		// A disk that was formatted before is as good.
		return 0, nil
	}
	return 1, err
}

func okChecked(d disk, path string) error {
	err := d.Format(path)
	if err != nil {
		return err
	}
	err = d.Mount(path)
	return err
}

func okTwoVariables(d disk, path string) error {
	errF := d.Format(path)
	errM := d.Mount(path)
	return errors.Join(errF, errM)
}

func okElse(d disk, path string, format bool) error {
	var err error
	if format {
		err = d.Format(path)
	} else {
		err = d.Mount(path)
	}
	return err
}

func okSwitch(d disk, path, kind string) (err error) {
	switch kind {
	case "new":
		err = d.Format(path)
	case "old":
		err = d.Mount(path)
	default:
		err = fmt.Errorf("what is a %s disk?", kind)
	}
	return err
}

func okNilFirst(d disk, path string) error {
	var err error = nil
	err = d.Mount(path)
	return err
}

func okForgiven(d disk, path string) error {
	err := d.Format(path)
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	return err
}

func okWrapped(d disk, path string) error {
	err := d.Format(path)
	err = fmt.Errorf("formatting %s: %w", path, err)
	return err
}

func okWrapIfAny(d disk, path string) (err error) {
	if err = d.Format(path); err != nil {
		err = fmt.Errorf("formatting %s: %w", path, err)
	}
	return err
}

func okAppended(d disk, paths []string) (err error) {
	for _, path := range paths {
		err = multierr.Append(err, d.Format(path))
	}
	return err
}

func okJoined(d disk, paths []string) (err error) {
	for _, path := range paths {
		err = errors.Join(err, d.Format(path))
	}
	return err
}

func okFirst(d disk, paths []string) (first error) {
	for _, path := range paths {
		if err := d.Format(path); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func okStops(d disk, paths []string) (err error) {
	for _, path := range paths {
		if err = d.Format(path); err != nil {
			break
		}
	}
	return err
}

func okLoopCondition(d disk, paths []string) (err error) {
	for i := 0; err == nil && i < len(paths); i++ {
		err = d.Format(paths[i])
	}
	return err
}

func okReturnsInLoop(d disk, paths []string) (err error) {
	for _, path := range paths {
		err = d.Format(path)
		if err != nil {
			return err
		}
	}
	return nil
}

func okRetried(d disk, path string) (err error) {
	for range 3 {
		if err = d.Mount(path); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func okTriedOtherWay(d disk, path string) error {
	err := d.Mount(path)
	if err != nil {
		err = d.Format(path)
	}
	return err
}

func okLoggedInLoop(d disk, paths []string) {
	var err error
	for _, path := range paths {
		err = d.Format(path)
		log.Println(path, err)
	}
}

func okScannerLoop(dec *json.Decoder) (all []any, err error) {
	for {
		var v any
		err = dec.Decode(&v)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
}

func okReadLoop(r *bufio.Reader) (n int, err error) {
	for err == nil {
		_, err = r.ReadByte()
		n++
	}
	return n, err
}

func okAcceptLoop(l net.Listener, serve func(net.Conn)) error {
	var delay time.Duration
	for {
		conn, err := l.Accept()
		if err != nil {
			if ne, ok := err.(net.Error); ok && ne.Timeout() {
				delay += time.Millisecond
				time.Sleep(delay)
				continue
			}
			return err
		}
		delay = 0
		go serve(conn)
	}
}

func okWalk(root string, parse func(string) error) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		err = parse(path)
		return err
	})
}

func okParameterLogged(err error, d disk) error {
	log.Print("unmounting after ", err)
	err = d.Unmount("/")
	return err
}

// rclone: the limit counts for more than what the read gave.
func okParameterReplaced(err error, over bool) error {
	if over {
		err = errLimit
	}
	return err
}

var errLimit = errors.New("limit reached")

// lnd: the outer variable is assigned before it is read, by what gives no error.
func okShadowedBeforeAssigned(ports []int, announce func(int) error) {
	var err error
	for _, port := range ports {
		_, err := net.Listen("tcp", fmt.Sprint(":", port))
		if err != nil {
			log.Print("no address: ", err)
			continue
		}
	}
	err = always()
	if err != nil {
		log.Print("not told: ", err)
	}
}

func always() error { return nil }

func okParameterWrapped(err error) error {
	err = fmt.Errorf("mounting: %w", err)
	return err
}

func okParameterUnread(_ error, d disk) error {
	return d.Unmount("/")
}

func okDeferredKeepsFirst(path string, fill func(io.Writer) error) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	return fill(f)
}

func okDeferredIfNil(d disk, path string) (err error) {
	defer func() {
		if err == nil {
			err = d.Unmount(path)
		}
	}()
	return d.Mount(path)
}

func okDeferredJoin(d disk, path string) (err error) {
	defer func() {
		err = errors.Join(err, d.Unmount(path))
	}()
	return d.Mount(path)
}

func okDeferredWrap(d disk, path string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("mounting %s: %w", path, err)
		}
	}()
	return d.Mount(path)
}

func okDeferredRollback(db *sql.DB, stmt string) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
			return
		}
		err = tx.Commit()
	}()
	_, err = tx.Exec(stmt)
	return err
}

func okDeferredRecover(d disk, path string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("mounting %s: %v", path, r)
		}
	}()
	return d.Mount(path)
}

func okDeferredReset(d disk, path string, dry bool) (err error) {
	defer func() {
		if dry {
			err = nil
		}
	}()
	return d.Mount(path)
}

func okDeferredRead(d disk, path string) error {
	var err error
	defer func() {
		if err != nil {
			log.Print(err)
		}
	}()
	err = d.Mount(path)
	return nil
}

func okDeferredOwnVariable(d disk, path string) error {
	defer func() {
		err := d.Unmount(path)
		if err != nil {
			log.Print(err)
		}
	}()
	return d.Mount(path)
}

func okDeferredToField(d disk, s *state, path string) error {
	defer func() {
		s.err = d.Unmount(path)
	}()
	return d.Mount(path)
}

type state struct{ err error }

func okField(d disk, s *state, path string) {
	s.err = d.Format(path)
	s.err = errors.Join(s.err, d.Mount(path))
}

func okMap(d disk, failed map[string]error, paths []string) {
	for _, path := range paths {
		failed[path] = d.Format(path)
	}
}

func okSlice(d disk, paths []string) error {
	errs := make([]error, len(paths))
	for i, path := range paths {
		errs[i] = d.Format(path)
	}
	return errors.Join(errs...)
}

func okShadowed(d disk, path string) error {
	err := d.Format(path)
	if err == nil {
		if err := d.Mount(path); err != nil {
			return err
		}
	}
	return err
}

func okShadowedReturned(d disk, paths []string) (err error) {
	for _, path := range paths {
		err := d.Format(path)
		if err != nil {
			return err
		}
	}
	return err
}

func okShadowedSent(ctx context.Context, shell func(context.Context) error) error {
	errc := make(chan error, 1)
	go func() {
		if ctx.Err() != nil {
			errc <- ctx.Err()
			return
		}
		err := shell(ctx)
		errc <- err
	}()
	return <-errc
}

func okMasked(d disk, path string) error {
	err := d.Mount(path)
	if undoErr := d.Unmount(path); undoErr != nil {
		return errors.Join(err, undoErr)
	}
	return err
}

func okShadowedCopied(d disk, paths []string) (last error) {
	for _, path := range paths {
		if err := d.Format(path); err != nil {
			last = err
		}
	}
	return last
}

func okShadowedInBranch(d disk, path string, format bool) error {
	if format {
		err := d.Format(path)
		if err != nil {
			return err
		}
	}
	err := d.Mount(path)
	return err
}

func okReturnAfterTest(d disk, path string) (err error) {
	if err = d.Format(path); err == nil {
		return d.Mount(path)
	}
	return d.Unmount(path)
}

func okClosureOwn(d disk, path string) error {
	try := func() error {
		err := d.Format(path)
		return err
	}
	err := try()
	if err != nil {
		return err
	}
	err = d.Mount(path)
	return err
}

func okGoroutines(d disk, paths []string) error {
	errc := make(chan error)
	for _, path := range paths {
		go func() { errc <- d.Format(path) }()
	}
	var err error
	for range paths {
		if e := <-errc; e != nil {
			err = e
		}
	}
	return err
}

func okIgnored(d disk, path string) error {
	err := d.Unmount(path)
	_ = err
	err = d.Format(path)
	return err
}

func okNakedReturn(d disk, path string) (err error) {
	err = d.Format(path)
	return
}

func okNakedAfterTest(d disk, path string) (err error) {
	if err = d.Format(path); err != nil {
		return
	}
	err = d.Mount(path)
	return
}

func okLabelled(d disk, rows [][]string) (err error) {
rows:
	for _, row := range rows {
		for _, path := range row {
			if err = d.Format(path); err != nil {
				break rows
			}
		}
	}
	return err
}

func okSelect(a, b <-chan error) error {
	var err error
	select {
	case err = <-a:
	case err = <-b:
	}
	return err
}

func okInfallible(w *bufio.Writer, b interface{ Bytes() []byte }) error {
	n, err := w.Write(b.Bytes())
	if n == 0 {
		return err
	}
	return w.Flush()
}

func okResponse(client *http.Client, req *http.Request) (status int, err error) {
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

func okLastWins(d disk, path string) error {
	err := d.Format(path)
	if mountErr := d.Mount(path); mountErr != nil {
		err = errors.Join(err, mountErr)
	}
	return err
}

func okPointer(d disk, path string) (err error) {
	keep(&err, d.Format(path))
	keep(&err, d.Mount(path))
	return err
}

func keep(err *error, next error) {
	if *err == nil {
		*err = next
	}
}

func okPrompted(p prompter) (bool, error) {
	name, err := p.Password("Name")
	if err != nil {
		return false, err
	}
	ok, err := p.Confirm(name)
	return ok, err
}

func okDirective(d disk, path string) error {
	err := d.Unmount(path) // want `^silenced\(ignore\)`
	//errvet:ignore overwritten what is not mounted need not be unmounted
	err = d.Mount(path)
	return err
}

func okReason(d disk, path string) error {
	err := d.Unmount(path) // want `^silenced\(comment\)`
	// What is not mounted need not be unmounted.
	err = d.Mount(path)
	return err
}

func okReasonAtBirth(d disk, path string) error {
	// It may not be mounted.
	err := d.Unmount(path) // want `^silenced\(comment\)`
	err = d.Mount(path)
	return err
}

func badDescribed(d disk, path string) error {
	// If the disk is old, its place is freed for the new one.
	err := d.Unmount(path) // want `^the error of d.Unmount is overwritten on line \d+ before anyone looked at it`
	err = d.Mount(path)
	return err
}

func okNolint(d disk, path string) error {
	err := d.Unmount(path) // want `^silenced\(nolint\)`
	err = d.Mount(path)    //nolint:ineffassign
	return err
}

func okNolintSpaced(d disk, path string) error {
	err := d.Unmount(path) // want `^silenced\(nolint\)`
	err = d.Mount(path)    // nolint: staticcheck
	return err
}

func okLintIgnore(d disk, path string) error {
	err := d.Unmount(path) // want `^silenced\(lint-ignore\)`
	//lint:ignore SA4006 what is not mounted need not be unmounted
	err = d.Mount(path)
	return err
}

// The first error waits while another one is returned over it.

func badMasked(p prompter, l linker, page string) error {
	_, runErr := p.Confirm(page)
	if _, err := l.Publish(page); err != nil {
		return err // want `^strict: the error of p.Confirm \(line \d+\) is not looked at yet when another one is returned here`
	}
	return runErr
}

func okMaskedNot(p prompter, l linker, page string) error {
	_, runErr := p.Confirm(page)
	if _, err := l.Publish(page); err != nil {
		return errors.Join(runErr, err)
	}
	return runErr
}

func okGivenUp(p prompter, page string) error {
	ok, err := p.Confirm(page)
	if page == "" {
		return errors.New("no page")
	}
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(strconv.FormatBool(ok)), 0o600)
}

// syncthing: the loop turns on the outer error, which the loop hides.
func badShadowedLoop(send func() error, sequence func() (int, error), sent int) error {
	err := send()
	for err == nil {
		// What there is to send may be sent already.
		seq, err := sequence() // want `^the error of send goes into a new err that hides the outer one`
		if err != nil {
			return err
		}
		if seq <= sent {
			continue
		}
		err = send()
		sent = seq
	}
	return err
}

func okLoopTurns(send func() error, sequence func() (int, error), sent int) error {
	err := send()
	for err == nil {
		seq, serr := sequence()
		if serr != nil {
			return serr
		}
		if seq > sent {
			err = send()
			sent = seq
		}
	}
	return err
}

// The inner error is dealt with inside; the outer one is given by the last statement of each turn.
func okLoopHidesAndGives(send func() error, sequence func() (int, error)) error {
	err := send()
	for err == nil {
		if _, err := sequence(); err != nil {
			return err
		}
		err = send()
	}
	return err
}

// One declaration hides both: it is told once.
func badShadowedTwice(next func() (string, error), remove func(string) error, n int) (err error) {
	for range n {
		name, err := next() // want `^the error of next goes into a new err that hides the outer one`
		if err != nil {
			break
		}
		err = remove(name)
		if err != nil {
			break
		}
	}
	return err
}

func okShadowedTwice(next func() (string, error), remove func(string) error, n int) (err error) {
	for range n {
		var name string
		if name, err = next(); err != nil {
			break
		}
		if err = remove(name); err != nil {
			break
		}
	}
	return err
}

func okShadowedNamed(next func() (string, error), n int) (err error) {
	for range n {
		name, nextErr := next()
		if nextErr != nil {
			return nextErr
		}
		if name == "" {
			break
		}
	}
	return err
}

// Only one of the two is ever asked for.
func okExclusive(kind string, add, remove func() error) error {
	var err error
	if kind == "add" {
		err = add()
	}
	if kind == "remove" {
		err = remove()
	}
	return err
}

func badNotExclusive(kind, mode string, add, remove func() error) error {
	var err error
	if kind == "add" {
		err = add() // want `^strict: the error of add is overwritten on line \d+ before anyone looked at it`
	}
	if mode == "remove" {
		err = remove()
	}
	return err
}

// nomad
func badAskedWhereItCounts(read func() (string, error), random bool) (string, error) {
	name := ""
	id, err := read() // want `^strict: the error of read is overwritten on line \d+`
	if !random && err == nil {
		name = id
	}
	if name == "" {
		name, err = os.Hostname()
	}
	return name, err
}

// rclone
func badFirstIsKept(first *error, hash, load func() error, both bool) error {
	var err error
	if both {
		err = hash() // want `^strict: the error of hash is overwritten on line \d+`
		if *first == nil {
			*first = err
		}
	}
	err = load()
	return err
}

func okExclusiveReturn(kind string, add, remove func() error) error {
	if kind == "add" {
		return add()
	}
	if kind == "remove" {
		return remove()
	}
	return nil
}

// Another way to the end gives the outer error something: the way through the inner one does not.

func badShadowedInCase(name string, remote bool) ([]byte, error) {
	var (
		data []byte
		err  error
	)
	switch {
	case remote:
		f, err := os.Open(name) // want `^the error of os.Open goes into a new err that hides the outer one, which is nil where it is read later`
		if err != nil {
			break
		}
		data, _ = io.ReadAll(f)
	default:
		data, err = os.ReadFile(name)
	}
	return data, err
}

func okShadowedLeft(name string, remote bool) ([]byte, error) {
	var (
		data []byte
		err  error
	)
	if remote {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		data, _ = io.ReadAll(f)
	} else {
		data, err = os.ReadFile(name)
	}
	return data, err
}

func okShadowedAgain(name string) (_ *os.File, err error) {
	for range 2 {
		f, err := os.Open(name)
		if err != nil {
			if f, err = os.Create(name); err != nil {
				return nil, err
			}
		}
		f.Name()
	}
	return nil, err
}

func okShadowedThenSet(name string, remote bool) ([]byte, error) {
	var err error
	if remote {
		if _, err := os.Stat(name); err != nil {
			name = "local"
		}
	}
	var data []byte
	data, err = os.ReadFile(name)
	return data, err
}

func okShadowedInHead(f io.Seeker, w io.Writer, r io.Reader) (n int64, err error) {
	seeks := true
	if _, err := f.Seek(0, io.SeekCurrent); err != nil {
		seeks = false
	}
	if seeks {
		n, err = io.Copy(w, r)
	}
	return n, err
}

// What is handed an error, and gives one, may give it back.
func sorted(err error) (there bool, _ error) {
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func okSorted(name string) (*os.File, bool, error) {
	f, err := os.Open(name)
	there, err := sorted(err)
	return f, there, err
}

// What is left of a failed write is removed: that it could be is no success.

func badTidied(name string, data []byte) error {
	err := os.WriteFile(name, data, 0o600)
	if err != nil {
		err = os.Remove(name) // want `^the failure of os.WriteFile \(line \d+\) is overwritten by the error of tidying up: where that succeeds, success is told`
	}
	return err
}

// telegraf: whoever wants to know was told.

func okTidiedCalledBack(name string, data []byte, onError func(error)) {
	if err := os.WriteFile(name, data, 0o600); err != nil {
		if onError != nil {
			onError(err)
		}
		if err = os.Remove(name); err != nil {
			fmt.Println("removing failed", err)
		}
	}
}

type saver struct{ failed func(string, error) }

func (s *saver) okTidiedCalledBack(name string, data []byte) error {
	err := os.WriteFile(name, data, 0o600)
	if err != nil {
		if s.failed != nil {
			s.failed(name, err)
		}
		err = os.Remove(name)
	}
	return err
}

// Nobody is told of the first one.
func badTidiedCalledBack(name string, data []byte, onError func(error)) {
	if err := os.WriteFile(name, data, 0o600); err != nil {
		if err = os.Remove(name); err != nil { // want `^the failure of os.WriteFile \(line \d+\) is overwritten by the error of tidying up`
			if onError != nil {
				onError(err)
			}
		}
	}
}

func okTidiedJoined(name string, data []byte) error {
	err := os.WriteFile(name, data, 0o600)
	if err != nil {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// The way is made for another try.
func okMadeWay(from, to string) error {
	err := os.Symlink(from, to)
	if err != nil {
		err = os.Remove(to)
		if err == nil {
			err = os.Symlink(from, to)
		}
	}
	return err
}

func okTidiedAfterLog(name string, data []byte) error {
	err := os.WriteFile(name, data, 0o600)
	if err != nil {
		return errors.Join(err, os.Remove(name))
	}
	err = os.Remove(name + ".old")
	return err
}

// containerd: one of the two failures is told.
func badDeferredIfFailed(d disk, path string) (err error) {
	defer func() {
		if undone := d.Unmount(path); undone != nil {
			err = undone // want `^strict: the deferred closure overwrites err, which may hold the function's own error`
		}
	}()
	return d.Format(path)
}

func okDeferredJoinsIfFailed(d disk, path string) (err error) {
	defer func() {
		if undone := d.Unmount(path); undone != nil {
			err = errors.Join(err, undone)
		}
	}()
	return d.Format(path)
}

func okDeferredIfNoOther(d disk, path string) (err error) {
	defer func() {
		if undone := d.Unmount(path); undone != nil && err == nil {
			err = undone
		}
	}()
	return d.Format(path)
}

// hugo: whether there is an entry is asked, but not why there is none.
func badParameterBesideEntry(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if d == nil || d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path) // want `^the error handed in as err is overwritten before anyone looked at it`
		if err != nil {
			return err
		}
		return os.WriteFile(path+".new", data, 0o600)
	})
}

func okParameterBesideEntry(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path+".new", data, 0o600)
	})
}

func okParameterOtherName(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, walkErr error) error {
		data, err := os.ReadFile(path)
		if err != nil || walkErr != nil {
			return errors.Join(err, walkErr)
		}
		return os.WriteFile(path+".new", data, 0o600)
	})
}
