package infer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// --- which errors a function can give

var (
	errStopped = errors.New("stopped")
	errBusy    = errors.New("busy")
	ErrAbsent  = errors.New("absent")
)

type shelf struct {
	byName map[string]int
	quit   chan struct{}
	work   chan string
	ctx    context.Context
	err    error
}

func (s *shelf) find(name string) (int, error) { // want "^kind verdict; only errvet.test/testdata/known/infer.ErrAbsent$"
	n, ok := s.byName[name]
	if !ok {
		return 0, ErrAbsent
	}
	return n, nil
}

func (s *shelf) findTwice(a, b string) (n int, err error) { // want "^kind verdict; only errvet.test/testdata/known/infer.ErrAbsent errvet.test/testdata/known/infer.errBusy$"
	if n, err = s.find(a); err != nil {
		return 0, err
	}
	if n > 9 {
		err = errBusy
		return
	}
	_, err = s.find(b)
	return
}

func (s *shelf) findDown(names []string) error { // want "^fails; kind verdict; only errvet.test/testdata/known/infer.ErrAbsent errvet.test/testdata/known/infer.errStopped$"
	if len(names) == 0 {
		return errStopped
	}
	if _, err := s.find(names[0]); err != nil {
		return err
	}
	return s.findDown(names[1:])
}

// Another error may come from outside.
func (s *shelf) findOrRead(name string) error { // want "^kind outside; sentinels errvet.test/testdata/known/infer.ErrAbsent$"
	if _, err := s.find(name); err == nil {
		return nil
	}
	if _, err := os.ReadFile(name); err != nil {
		return err
	}
	return ErrAbsent
}

func (s *shelf) kept(name string) error { // want "^sentinels errvet.test/testdata/known/infer.ErrAbsent$"
	if s.err != nil {
		return s.err
	}
	_, err := s.find(name)
	return err
}

func (s *shelf) wrapped(name string) error { // want "^kind verdict; wraps errvet.test/testdata/known/infer.ErrAbsent$"
	if _, err := s.find(name); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// What is told apart is not given.
func countLines(r *bytes.Buffer) (n int, err error) { // want "^kind verdict; only errvet.test/testdata/known/infer.errBusy$"
	for {
		b, err := r.ReadBytes(0)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if len(b) == 1 {
			return n, errBusy
		}
		n++
	}
}

func byClosure(names []string) error { // want "^only errvet.test/testdata/known/infer.errBusy$"
	check := func(name string) error {
		if name == "" {
			return errBusy
		}
		return nil
	}
	for _, name := range names {
		if err := check(name); err != nil {
			return err
		}
	}
	return nil
}

// --- one way

func (s *shelf) odd(n int) error { // want "^kind verdict; one-way$"
	if n%2 == 1 {
		return fmt.Errorf("%d is odd", n)
	}
	return nil
}

func (s *shelf) oddOrNot(n int) error { // want "^kind verdict; one-way$"
	if n > 9 {
		n -= 9
	}
	return s.odd(n)
}

func (s *shelf) small(n int) error { // want "^kind verdict$"
	if n > 9 {
		return errors.New("too large")
	}
	return s.odd(n)
}

// --- what comes to its end

func (s *shelf) push(name string) error { // want "^only errvet.test/testdata/known/infer.errStopped$"
	select {
	case s.work <- name:
		return nil
	case <-s.quit:
		return errStopped
	}
}

func (s *shelf) pushAll(names []string) error { // want "^only errvet.test/testdata/known/infer.errStopped$"
	for _, name := range names {
		if err := s.push(name); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) pushIn(ctx context.Context, name string) error { // want "^only errvet.test/testdata/known/infer.errStopped 0$"
	select {
	case s.work <- name:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.quit:
		return errStopped
	}
}

func (s *shelf) pushSaying(ctx context.Context, name string) error { // want "^wraps context.Canceled context.DeadlineExceeded$"
	select {
	case s.work <- name:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("pushing %s: %w", name, context.Cause(ctx))
	case <-s.quit:
		return errors.New("stopped")
	}
}

func (s *shelf) pushUnder(ctx context.Context, name string) error { // want "^through 0; sentinels context.Canceled context.DeadlineExceeded$"
	select {
	case s.work <- name:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *shelf) pushOwn(name string) error { // want "^through receiver; sentinels context.Canceled context.DeadlineExceeded$"
	select {
	case s.work <- name:
		return nil
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

func pushFor(s *shelf, name string) error { // want "^only context$"
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	return s.pushUnder(ctx, name)
}

func pushForGood(s *shelf, name string) error { // want "^infallible$"
	return s.pushUnder(context.Background(), name)
}

// A time that is over is no end but a failure.
func (s *shelf) pushSoon(name string) error { // want "^kind wait outside; only errvet.test/testdata/known/infer.errBusy$"
	select {
	case s.work <- name:
		return nil
	case <-time.After(time.Second):
		return errBusy
	}
}

// An error that stands for another is a failure, too.
func (s *shelf) readable(name string) error { // want "^kind outside; only errvet.test/testdata/known/infer.ErrAbsent$"
	if _, err := os.ReadFile(name); err != nil {
		return ErrAbsent
	}
	return nil
}

// --- methods of interfaces, by the types of this package

type pusher interface {
	Push(name string) error       // want "^only errvet.test/testdata/known/infer.errBusy errvet.test/testdata/known/infer.errStopped$"
	PushAll(names []string) error // want "^kind outside$"
}

type direct struct{ s *shelf }

func (d direct) Push(name string) error       { return d.s.push(name) }     // want "^only errvet.test/testdata/known/infer.errStopped$"
func (d direct) PushAll(names []string) error { return d.s.pushAll(names) } // want "^only errvet.test/testdata/known/infer.errStopped$"

type sometimesBusy struct{ busy bool }

func (g *sometimesBusy) Push(name string) error { // want "^kind verdict; only errvet.test/testdata/known/infer.errBusy$"
	if g.busy {
		return errBusy
	}
	return nil
}

func (g *sometimesBusy) PushAll(names []string) error { // want "^kind outside; sentinels io.ErrShortWrite$"
	return os.WriteFile(names[0], nil, 0o600)
}

// --- where a deferred closure has the last word

func byPanic(list []string, n int) (s string, err error) { // want "^one-way$"
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("no element %d", n)
		}
	}()
	return list[n], nil
}

func byPanicNamed(list []string, n int) (s string, err error) { // want "^only errvet.test/testdata/known/infer.ErrAbsent errvet.test/testdata/known/infer.errBusy$"
	defer func() {
		if recover() != nil {
			err = ErrAbsent
		}
	}()
	if n > 9 {
		return "", errBusy
	}
	return list[n], nil
}

func byPanicTold(list []string, n int) (s string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err, _ = r.(error)
		}
	}()
	return list[n], nil
}

func byPanicWrapped(list []string, n int) (s string, err error) { // want "^kind verdict$"
	defer func() {
		if err != nil {
			err = fmt.Errorf("element %d: %w", n, err)
		}
	}()
	if n > 9 {
		return "", errBusy
	}
	return list[n], nil
}

type walker struct {
	left []string
	err  error
}

func (w *walker) Next() bool { // want "^kind goes-on$"
	if len(w.left) == 0 {
		return false
	}
	if w.left[0] == "" {
		w.err = ErrAbsent
		w.left = nil
		return true
	}
	w.left = w.left[1:]
	w.err = nil
	return true
}

func (w *walker) NextUnless(stop bool) bool {
	if w.left[0] == "" {
		w.err = ErrAbsent
		return true
	}
	if stop {
		w.err = ErrAbsent
		return false
	}
	return true
}

func (w *walker) NextEnds() bool {
	if len(w.left) == 0 {
		w.err = ErrAbsent
	}
	return w.err == nil
}
