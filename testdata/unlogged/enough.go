package unlogged

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"go.uber.org/zap"
)

// Functions that fail only because a context ended: to say so is to say why.

// settle waits until nothing changes any more, or until the time is up.
func settle(ctx context.Context, limit time.Duration, stable func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			if stable() {
				return nil
			}
		}
	}
}

func settleRing(ctx context.Context, limit time.Duration) error {
	return settle(ctx, limit, func() bool { return true })
}

type pacer interface {
	next(ctx context.Context) error
}

type atOnce struct{}

func (atOnce) next(context.Context) error { return nil }

type paced struct{ every time.Duration }

func (p paced) next(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(p.every):
		return nil
	}
}

func badNotSettled(ctx context.Context, p pacer, l *zap.Logger, s *store) {
	if err := settleRing(ctx, time.Minute); err != nil {
		l.Warn("not stable after the time there was") // want `^strict: the log tells that settleRing failed`
	}
	go func() {
		if err := settleRing(ctx, time.Minute); err != nil {
			return // want `^strict: settleRing failed`
		}
		s.use(nil)
	}()
	go func() {
		for {
			if err := p.next(ctx); err != nil {
				return // want `^strict: p\.next failed`
			}
			s.use(nil)
		}
	}()
}

// ovn: what is asked never fails, so that nothing is left but the time.
func pollReady(ctx context.Context, ready func(context.Context) (bool, error)) error {
	for {
		ok, err := ready(ctx)
		if err != nil || ok {
			return err
		}
		if _, err := os.Stat("/run/stop"); err == nil {
			return errors.New("stopped")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func badNotReady(ctx context.Context, l *zap.Logger, s *store) {
	err := pollReady(ctx, func(context.Context) (bool, error) { return s.failed == 0, nil })
	if err != nil {
		l.Warn("not ready in time") // want `^strict: the log tells that pollReady failed`
	}
}

func badNotReadable(ctx context.Context, l *zap.Logger) {
	err := pollReady(ctx, func(context.Context) (bool, error) {
		_, err := os.ReadFile("/etc/ready")
		return err == nil, err
	})
	if err != nil {
		l.Warn("not ready in time") // want `^the log tells that pollReady failed`
	}
}

func okNotReadyLogged(ctx context.Context, l *zap.Logger, s *store) {
	if err := pollReady(ctx, func(context.Context) (bool, error) { return s.failed == 0, nil }); err != nil {
		l.Warn("not ready in time", zap.Error(err))
	}
}

func okReadyReturned(ctx context.Context, s *store) error {
	return pollReady(ctx, func(context.Context) (bool, error) { return s.failed == 0, nil })
}

func okReadyOr(ctx context.Context, s *store) error {
	if err := pollReady(ctx, func(context.Context) (bool, error) { return s.failed == 0, nil }); err != nil {
		return fmt.Errorf("not ready: %w", err)
	}
	return nil
}

func okNotReadablePanics(ctx context.Context) {
	if err := pollReady(ctx, func(context.Context) (bool, error) { return true, nil }); err != nil {
		panic(err)
	}
}

// temporal: to ask with a context that has ended is to ask whether it is there already.
func badNotThereYet(l *zap.Logger, p pacer) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := fetchNow(ctx, p); err != nil {
		l.Warn("nothing there yet") // want `^strict: the log tells that fetchNow failed`
	}
}

func badNotThereAtAll(l *zap.Logger, p pacer) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := fetchNow(ctx, p); err != nil {
		l.Warn("nothing there") // want `^the log tells that fetchNow failed`
	}
}

func fetchNow(ctx context.Context, p pacer) error {
	if _, err := os.Stat("/run/there"); err != nil {
		return err
	}
	return p.next(ctx)
}

func okThereYet(p pacer) error {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return fetchNow(ctx, p)
}

func okThereYetLogged(l *zap.Logger, p pacer) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := fetchNow(ctx, p); err != nil {
		l.Warn("nothing there yet", zap.Error(err))
	}
}

func okThereYetAsked(p pacer) bool {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return fetchNow(ctx, p) == nil
}

func okPaced(ctx context.Context, p pacer, s *store) error {
	for {
		if err := p.next(ctx); err != nil {
			return err
		}
		s.use(nil)
	}
}

func okSettledLogged(ctx context.Context, l *zap.Logger) {
	if err := settleRing(ctx, time.Minute); err != nil {
		l.Warn("not stable", zap.Error(err))
	}
	l.Info("going on")
}

func okSettledReturned(ctx context.Context, l *zap.Logger) error {
	err := settleRing(ctx, time.Minute)
	if err != nil {
		l.Warn("not stable after the time there was")
	}
	return err
}

// It may fail by itself as well.
func settleFile(ctx context.Context, name string) error {
	for ctx.Err() == nil {
		if _, err := os.Stat(name); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func badFileNotSettled(ctx context.Context, l *zap.Logger) {
	if err := settleFile(ctx, "journal"); err != nil {
		l.Warn("not stable after the time there was") // want `^the log tells that settleFile failed`
	}
	l.Info("going on")
}

// What a command wrote says why it failed.

func runGit(args ...string) (stdout, stderr string, err error) {
	var out, errs strings.Builder
	cmd := exec.Command("git", args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

type notices struct{}

func (notices) Error(format string, v ...any) {}

func badOutputOnly(n notices, l *zap.Logger) {
	_, stderr, err := runGit("remote", "update")
	if err != nil {
		l.Error("no update", zap.String("stderr", stderr)) // want `^strict: the log tells that runGit failed`
	}
	_, stderr, failed := runGit("prune")
	if failed != nil {
		n.Error("no update: %s", stderr)
		failed = os.Remove("lock") // want `^strict: the log tells that runGit failed`
	}
	if failed != nil {
		l.Error("removing", zap.Error(failed))
	}
}

type backend struct {
	name string
	key  []byte
}

func badOtherText(l *zap.Logger, dir string, n notices, b *backend) { // want `^the log tells that os.ReadFile failed`
	var failed error
	b.key, failed = os.ReadFile(dir)
	if failed != nil {
		n.Error("no key for %s", b.name)
		b.key = nil
	}
	_, stderr, err := runGit("remote", "update")
	if err != nil {
		l.Error("no update", zap.String("dir", dir)) // want `^the log tells that runGit failed`
		return
	}
	l.Info(stderr)
}

func okOutputAndError(l *zap.Logger) {
	_, stderr, err := runGit("remote", "update")
	if err != nil {
		l.Error("no update", zap.String("stderr", stderr), zap.Error(err))
	}
	l.Info("going on")
}

func okOutputReturned(l *zap.Logger) error {
	_, stderr, err := runGit("remote", "update")
	if err != nil {
		l.Error("no update", zap.String("stderr", stderr))
		return err
	}
	return nil
}

// One kind is asked for, and the branch is that of this kind.

func okKindByText(l *zap.Logger) {
	alone := false
	_, stderr, err := runGit("status")
	if err != nil && strings.Contains(stderr, "not a repository") {
		alone = true
		l.Info("no repository here")
	}
	l.Info("going on", zap.Any("alone", alone))
}

type status struct{ code int }

func (s *status) Code() int { return s.code }

type statusError struct{ code int }

func (*statusError) Error() string { return "status" }

func statusOf(err error) (*status, bool) {
	var s *statusError
	if errors.As(err, &s) {
		return &status{s.code}, true
	}
	return &status{2}, false
}

func badKindByStatus(recv func() (string, error), n notices, l *zap.Logger) {
	go func() {
		for {
			s, err := recv()
			if err != nil {
				st, _ := statusOf(err)
				if st.Code() == 1 {
					l.Info("the follower has stopped")
					return // want `^strict: the log tells that recv failed`
				}
				n.Error("receiving: %v", err)
				return
			}
			l.Info(s)
		}
	}()
}

func badOtherCondition(name string, tries int, l *zap.Logger) {
	b, err := os.ReadFile(name)
	if err != nil {
		if tries == 3 {
			l.Warn("given up", zap.Error(err))
			return
		}
		l.Warn("not read yet") // want `^the log tells that os.ReadFile failed`
		return
	}
	l.Info(string(b))
}

func okOtherCondition(name string, tries int, l *zap.Logger) {
	b, err := os.ReadFile(name)
	if err != nil {
		if tries == 3 {
			l.Warn("given up")
			return
		}
		l.Warn("not read yet", zap.Error(err))
		return
	}
	l.Info(string(b))
}

func okKindByStatus(recv func() (string, error)) error {
	_, err := recv()
	if err != nil {
		st, _ := statusOf(err)
		if st.Code() == 1 {
			log.Print("the follower has stopped")
		}
		return err
	}
	return nil
}

// What is told is another error, which the function was called with.

func warnOf(msg string, fields ...any) { log.Println(append([]any{msg}, fields...)...) }

func badTellsAnother(name string, original error) {
	b, err := os.ReadFile(name)
	if err != nil {
		warnOf("misbehaving peer", "name", name, "err", original) // want `^strict: the log tells that os.ReadFile failed`
		return
	}
	warnOf("misbehaving peer", "key", b, "err", original)
	b, err = os.ReadFile(name)
	if err != nil {
		warnOf("misbehaving peer", "name", name) // want `^the log tells that os.ReadFile failed`
		return
	}
	warnOf("misbehaving peer", "key", b, "err", original)
}

func okTellsBoth(name string, original error) {
	b, err := os.ReadFile(name)
	if err != nil {
		warnOf("misbehaving peer", "name", name, "err", original, "reading", err)
		return
	}
	warnOf("misbehaving peer", "key", b, "err", original)
}

func okTellsAnotherAndFails(name string, original error) error {
	_, err := os.ReadFile(name)
	if err != nil {
		warnOf("misbehaving peer", "name", name, "err", original)
	}
	return err
}

// The other end of a connection that is gone need not be told, nor anybody else.

func badHijacked(w http.ResponseWriter, r *http.Request, next func(net.Conn)) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		log.Print(err)
		return
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "HTTP/1.1 200 Connection Established\r\n\r\n"); err != nil {
		return // want `^strict: io.WriteString failed`
	}
	next(conn)
}

type message interface {
	io.Writer
	Close() error
}

type Conn struct{ out *bufio.Writer }

func (c *Conn) Writer(kind int) (message, error) { return nil, os.ErrClosed }

type conn struct{ out *os.File }

func (c *conn) writeEnd(id int) error { _, err := fmt.Fprint(c.out, id); return err }
func (c *conn) load(id int) error     { _, err := fmt.Fscan(c.out, &id); return err }

func badPeers(m *Conn, c *conn, n net.Conn, u *net.UDPConn, to *net.UDPAddr, in <-chan string, s *store) {
	go func() {
		for text := range in {
			msg, err := m.Writer(1)
			if err != nil {
				log.Print(err)
				return
			}
			if _, err := fmt.Fprint(msg, text); err != nil {
				log.Print(err)
				return
			}
			if err := msg.Close(); err != nil {
				return // want `^strict: msg.Close failed`
			}
		}
	}()
	go func() {
		if err := c.writeEnd(1); err != nil {
			return // want `^strict: c.writeEnd failed`
		}
		s.use(nil)
	}()
	go func() {
		for {
			if err := n.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
				return // want `^strict: n.SetReadDeadline failed`
			}
			s.use(nil)
		}
	}()
	go func() {
		if err := c.load(1); err != nil {
			return // want `^c.load failed`
		}
		s.use(nil)
	}()
	go func() { // each message goes to somebody else
		for {
			if _, err := u.WriteToUDP([]byte("hello"), to); err != nil {
				return // want `^u.WriteToUDP failed`
			}
			s.use(nil)
		}
	}()
}

func okRequestEndLogged(c *conn, s *store) {
	go func() {
		if err := c.writeEnd(1); err != nil {
			log.Print(err)
			return
		}
		s.use(nil)
	}()
}

func okHijackedReturned(conn net.Conn, next func(net.Conn)) error {
	if _, err := io.WriteString(conn, "hello"); err != nil {
		return err
	}
	next(conn)
	return nil
}

// A loop that takes what comes says in a word that it was closed.

func badListens(name string, ln net.Listener, handle func(net.Conn)) {
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return // listener closed // want `^strict: ln.Accept failed`
			}
			handle(c)
		}
	}()
	go func() {
		b, err := os.ReadFile(name)
		if err != nil {
			return // file closed // want `^os.ReadFile failed`
		}
		log.Print(string(b))
	}()
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return // too bad // want `^ln.Accept failed`
			}
			handle(c)
		}
	}()
}

func okListensAndTells(ln net.Listener, handle func(net.Conn)) {
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				log.Print(err) // listener closed
				return
			}
			handle(c)
		}
	}()
}

func okListensForCaller(ln net.Listener, handle func(net.Conn)) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err // listener closed
		}
		handle(c)
	}
}

func okMessageReturned(c *Conn, text string) error {
	msg, err := c.Writer(1)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(msg, text); err != nil {
		return err
	}
	return msg.Close()
}

func okDeadlineLogged(c net.Conn) {
	go func() {
		if err := c.SetDeadline(time.Now()); err != nil {
			log.Print(err)
		}
	}()
}

func okDatagramsTold(c *net.UDPConn, to *net.UDPAddr, errs chan<- error) {
	go func() {
		if _, err := c.WriteToUDP([]byte("hello"), to); err != nil {
			errs <- err
		}
	}()
}

func okFileSettled(ctx context.Context, l *zap.Logger) {
	if err := settleFile(ctx, "journal"); err != nil {
		l.Warn("not stable", zap.Error(err))
	}
}

func okFileSettledReturned(ctx context.Context) error { return settleFile(ctx, "journal") }

func okOutputLater(l *zap.Logger) {
	stdout, stderr, err := runGit("log")
	if err != nil {
		l.Error("no log: "+stderr, zap.Error(err))
		return
	}
	l.Info(stdout)
}

func okListensUntil(ctx context.Context, ln net.Listener, handle func(net.Conn)) {
	go func() {
		for {
			c, err := ln.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				log.Print(err)
				return
			}
			handle(c)
		}
	}()
}
