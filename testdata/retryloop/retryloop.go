// Package retryloop holds what the rule flags (bad…) and, at least twice as
// often, what it must not (ok…).
package retryloop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

var errGaveUp = errors.New("gave up")

func connect(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }
func send(ctx context.Context, b []byte) error {
	_, err := http.NewRequestWithContext(ctx, http.MethodPost, string(b), nil)
	return err
}
func ready() error         { return os.Chdir("ready") }
func use(...any)           {}
func retryable(error) bool { return true }

// --- never ends

func badForEverAtOnce(addr string) net.Conn {
	for { // want `^strict: never ends and never waits: as long as connect \(line \d+\) fails, this loop repeats it at once, and nobody learns of the error$`
		c, err := connect(addr)
		if err == nil {
			return c
		}
	}
}

func badForEverLogs(addr string) (net.Conn, error) {
	for { // want `^strict: never ends and never waits`
		c, err := connect(addr)
		if err != nil {
			log.Printf("connect: %v", err)
			continue
		}
		return c, nil
	}
}

func badForEver(addr string) (net.Conn, error) {
	for { // want `^strict: never ends: as long as connect \(line \d+\) fails, nothing leaves this loop, and nobody learns of the error$`
		c, err := connect(addr)
		if err == nil {
			return c, nil
		}
		time.Sleep(time.Second)
	}
}

func badForEverBreaks(addr string) error {
	var c net.Conn
	var err error
	for { // want `^strict: never ends`
		c, err = connect(addr)
		if err == nil {
			break
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
	defer c.Close()
	_, err = c.Write([]byte("hello"))
	return err
}

// Nobody would be told, and it waits: a matter of taste.
func badForEverInService(addr string) net.Conn {
	for { // want `^strict: never ends`
		c, err := connect(addr)
		if err == nil {
			return c
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
}

// --- never waits

func badAtOnce(addr string, tries int) (c net.Conn, err error) {
	for i := 0; i < tries; i++ { // want `^strict: never waits: this loop repeats connect \(line \d+\) as fast as it fails$`
		if c, err = connect(addr); err == nil {
			return c, nil
		}
	}
	return nil, fmt.Errorf("after %d tries: %w", tries, err)
}

func badAtOnceRange(ctx context.Context, b []byte) error {
	var last error
	for range 100 { // want `^strict: never waits`
		if last = send(ctx, b); last == nil {
			return nil
		}
		log.Print(last)
	}
	return last
}

func badAtOnceTwice(addr string) (c net.Conn, err error) {
	for range 3 { // want `^strict: never waits`
		if c, err = connect(addr); err == nil {
			return c, nil
		}
	}
	return nil, err
}

// --- cannot be cancelled

func badSleeps(ctx context.Context, b []byte) error {
	var err error
	for i := 0; i < 10; i++ { // want `^strict: cannot be cancelled: this loop sleeps and repeats send \(line \d+\) although the context may have ended$`
		if err = send(ctx, b); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}

func badSleepsRetryHelper(ctx context.Context, tries int, f func() error) error {
	var err error
	for range tries { // want `^strict: cannot be cancelled: this loop sleeps and repeats f `
		if err = f(); err == nil {
			return nil
		}
		<-time.After(time.Second)
	}
	return err
}

// --- repeats what fails again

func badRequest(ctx context.Context, client *http.Client, url string) error {
	for range 5 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil) // want `^strict: repeats a permanent error: http.NewRequestWithContext gets the same arguments in each turn of the loop, and so fails again$`
		if err != nil {
			continue
		}
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errGaveUp
}

func badMarshal(ctx context.Context, v any) (err error) {
	var data []byte
	for {
		data, err = json.Marshal(v) // want `^strict: repeats a permanent error: json.Marshal`
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		return send(ctx, data)
	}
}

// --- ends in success, or without the last error

func badEndsWell(ctx context.Context, b []byte) error {
	for range 3 {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		log.Print(err)
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return nil // want `^strict: ends in success: when all attempts of send \(line \d+\) have failed, nil is returned$`
}

func badEndsWellResult(addr string) (net.Conn, error) {
	for i := 0; i < 3; i++ {
		c, err := connect(addr)
		if err != nil {
			time.Sleep(jittered(time.Second))
			continue
		}
		return c, nil
	}
	return nil, nil // want `^strict: ends in success`
}

func badNoLast(ctx context.Context, b []byte) error {
	for range 3 {
		if err := send(ctx, b); err == nil {
			return nil
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return errors.New("could not send") // want `^strict: ends without the last error: when all attempts of send \(line \d+\) have failed, what is returned does not say why$`
}

func badNoLastSentinel(addr string) (net.Conn, error) {
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		c, err := connect(addr)
		if err == nil {
			return c, nil
		}
		time.Sleep(jittered(time.Second))
	}
	return nil, errGaveUp // want `^strict: ends without the last error`
}

func badNoLastLogged(ctx context.Context, b []byte) error {
	for i := 1; i <= 3; i++ {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		log.Printf("attempt %d: %v", i, err)
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return errGaveUp // want `^strict: ends without the last error`
}

// --- strict

func badNoJitter(addr string) (c net.Conn, err error) {
	for range 50 { // want `^strict: no jitter: all that repeat connect \(line \d+\) after one outage do it at the same moments$`
		if c, err = connect(addr); err == nil {
			return c, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

func badNoCap(addr string, tries int) (c net.Conn, err error) {
	wait := time.Second
	for range tries { // want `^strict: no cap: the waits between attempts of connect \(line \d+\) grow without bound$`
		if c, err = connect(addr); err == nil {
			return c, nil
		}
		time.Sleep(wait + rand.N(wait))
		wait *= 2
	}
	return nil, err
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d + rand.N(d))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func jittered(d time.Duration) time.Duration { return d + rand.N(d) }

// --- loops that are right

func okBounded(addr string) (c net.Conn, err error) {
	wait := 100 * time.Millisecond
	for range 5 {
		if c, err = connect(addr); err == nil {
			return c, nil
		}
		time.Sleep(wait + rand.N(wait))
		wait = min(2*wait, time.Minute)
	}
	return nil, err
}

func okCancellable(ctx context.Context, b []byte) error {
	for {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		select {
		case <-time.After(jittered(time.Second)):
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		}
	}
}

func okChecksContext(ctx context.Context, b []byte) (err error) {
	for ctx.Err() == nil {
		if err = send(ctx, b); err == nil {
			return nil
		}
		time.Sleep(jittered(time.Second))
	}
	return errors.Join(err, ctx.Err())
}

func okPauses(ctx context.Context, b []byte) error {
	for {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		if pause(ctx, time.Second) != nil {
			return err
		}
	}
}

func okLastInside(ctx context.Context, b []byte) error {
	for i := 0; ; i++ {
		err := send(ctx, b)
		if err == nil || i == 3 {
			return err
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
}

func okJoined(ctx context.Context, b []byte) error {
	var errs []error
	for range 3 {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		errs = append(errs, err)
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return errors.Join(errs...)
}

func okLastKept(ctx context.Context, b []byte) error {
	var last error
	for range 3 {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		last = err
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return fmt.Errorf("gave up: %w", last)
}

func okTestedBehind(ctx context.Context, b []byte) (err error) {
	for range 3 {
		if err = send(ctx, b); err == nil {
			break
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	if err != nil {
		return fmt.Errorf("send: %w", err)
	}
	return nil
}

// Only what may pass is tried again.
func okChooses(addr string) (net.Conn, error) {
	for {
		c, err := connect(addr)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		return c, err
	}
}

func okChoosesByHelper(ctx context.Context, b []byte) error {
	for {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		if !retryable(err) {
			return err
		}
	}
}

func okSwitches(r io.Reader, buf []byte) (int, error) {
	for {
		n, err := r.Read(buf)
		switch err {
		case syscall.EAGAIN:
			continue
		default:
			return n, err
		}
	}
}

// --- loops that are no retries

func okAccepts(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		go use(c)
	}
}

func okConsumes(ctx context.Context, next func(context.Context) (string, error)) {
	for ctx.Err() == nil {
		msg, err := next(ctx)
		if err != nil {
			log.Print(err)
			continue
		}
		use(msg)
	}
}

func okPages(fetch func(token string) ([]string, string, error)) ([]string, error) {
	var all []string
	token := ""
	for {
		page, next, err := fetch(token)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if next == "" {
			return all, nil
		}
		token = next
	}
}

func okDrains(r io.Reader) error {
	buf := make([]byte, 512)
	for {
		if _, err := r.Read(buf); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func okPolls(query func() (bool, error)) error {
	for {
		done, err := query()
		if err != nil {
			return err
		}
		if done {
			return nil
		}
		time.Sleep(time.Second)
	}
}

func okPollsPatiently(query func() (bool, error)) error {
	for range 100 {
		done, err := query()
		if err != nil {
			log.Print(err)
		} else if done {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

func okOneOfMany(addrs []string) (net.Conn, error) {
	for _, addr := range addrs {
		if c, err := connect(addr); err == nil {
			return c, nil
		}
	}
	return nil, errGaveUp
}

func okNextPort() (net.Listener, error) {
	for port := 8000; port < 9000; port++ {
		l, err := net.Listen("tcp", fmt.Sprint("localhost:", port))
		if err == nil {
			return l, nil
		}
	}
	return nil, errGaveUp
}

func okNextName(dir string) (*os.File, error) {
	for {
		name := fmt.Sprint(dir, rand.Int())
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			return f, nil
		}
	}
}

func okReconnects(addr string) {
	for {
		c, err := connect(addr)
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		use(io.Copy(os.Stdout, c))
	}
}

func okTicks(ctx context.Context, b []byte) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := send(ctx, b); err != nil {
				log.Print(err)
				continue
			}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func okAnswersByHand(read func() (string, error)) string {
	for {
		fmt.Print("name: ")
		name, err := read()
		if err == nil {
			return name
		}
		fmt.Println("once more:", err)
	}
}

type waiter struct{ closed chan struct{} }

func okStops(w *waiter, addr string) (net.Conn, error) {
	for {
		c, err := connect(addr)
		if err == nil {
			return c, nil
		}
		select {
		case <-w.closed:
			return nil, err
		case <-time.After(jittered(time.Second)):
		}
	}
}

func okLastByCount(ctx context.Context, b []byte, left *int) error {
	for *left > 0 {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		*left--
		if *left == 0 {
			return err
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return nil
}

func okBrief(ctx context.Context, b []byte) (err error) {
	for range 3 {
		if err = send(ctx, b); err == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

func okUnmount(target string) error {
	for range 50 {
		err := syscall.Rmdir(target)
		if err == nil {
			return nil
		}
		if err != syscall.EBUSY {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("remove %s: %w", target, syscall.EBUSY)
}

func okReturnsFirst(addr string, tries int) (net.Conn, error) {
	for range tries {
		return connect(addr)
	}
	return nil, errGaveUp
}

func okOtherWay(ctx context.Context, addr string) (net.Conn, error) {
	c, err := connect(addr)
	if err != nil {
		log.Print(err)
		return connect("fallback")
	}
	return c, nil
}

func okStateMachine(ctx context.Context, step func() (int, error)) error {
	state := 0
	for state < 5 {
		next, err := step()
		if err != nil {
			return err
		}
		state = next
	}
	return nil
}

func okSkipsBad(lines []string) []int {
	var list []int
	for _, l := range lines {
		var n int
		if _, err := fmt.Sscan(l, &n); err != nil {
			log.Print(err)
			continue
		}
		list = append(list, n)
	}
	return list
}

func okQueue(ctx context.Context, jobs <-chan []byte) {
	for {
		select {
		case b := <-jobs:
			if err := send(ctx, b); err != nil {
				log.Print(err)
				continue
			}
		case <-ctx.Done():
			return
		}
	}
}

func okRequestOnce(ctx context.Context, client *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	for range 3 {
		var resp *http.Response
		if resp, err = client.Do(req); err == nil {
			return resp.Body.Close()
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return err
}

func okRequestEachTurn(ctx context.Context, client *http.Client, urls func() string) error {
	var last error
	for range 3 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, urls(), nil)
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		last = err
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	return last
}

func badSleepsWithoutBound(ctx context.Context, b []byte) error {
	for i := 0; ; i++ { // want `^strict: cannot be cancelled`
		err := send(ctx, b)
		if err == nil || i == 3 {
			return err
		}
		time.Sleep(time.Minute)
	}
}

func okGotIt(ctx context.Context, b []byte) error {
	for i := 0; ; i++ {
		err := send(ctx, b)
		if err == nil || i == 3 || ctx.Err() != nil {
			return err
		}
		time.Sleep(jittered(time.Minute))
	}
}

func okGroupOfTries(ctx context.Context, b []byte, more func() bool) error {
	for more() {
		if err := send(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func badGivesUpOnOne(addr string) net.Conn {
	for { // want `^strict: never waits: this loop repeats connect`
		c, err := connect(addr)
		if err == nil {
			return c
		}
		if strings.Contains(err.Error(), "refused") {
			return nil
		}
	}
}

func okTextChooses(addr string) net.Conn {
	for {
		c, err := connect(addr)
		if err == nil {
			return c
		}
		if !strings.Contains(err.Error(), "reset by peer") {
			return nil
		}
	}
}

func okPermanentByHelper(addr string) (net.Conn, error) {
	for {
		c, err := connect(addr)
		if err == nil || retryable(err) {
			return c, err
		}
	}
}

func canceled(ctx context.Context) bool { return ctx.Err() != nil }

func okAsksHelper(ctx context.Context, tries int, b []byte) (err error) {
	for range tries {
		if err = send(ctx, b); err == nil || canceled(ctx) {
			return err
		}
		time.Sleep(jittered(time.Minute))
	}
	return err
}

func okBriefAndRandom(ctx context.Context, b []byte) (err error) {
	for range 3 {
		if err = send(ctx, b); err == nil {
			return nil
		}
		time.Sleep(time.Duration(rand.Int64N(int64(time.Second))))
	}
	return err
}

// A sample is rejected until one fits: time has nothing to do with it.
func okSamples(draw func() []byte) (k []byte) {
	for {
		if err := check(draw()); err == nil {
			return k
		}
	}
}

func check(b []byte) error {
	if len(b) != 32 {
		return errGaveUp
	}
	return nil
}

func okFindsNothing(pages [][]byte) ([]byte, error) {
	for i := 0; i < len(pages); i++ {
		page := pages[i]
		if err := check(page); err == nil {
			return page, nil
		}
	}
	return nil, errGaveUp
}

func badEndsWellSometimes(ctx context.Context, b []byte, tries int) error {
	for range tries {
		err := send(ctx, b)
		if err == nil {
			return nil
		}
		if err := pause(ctx, time.Second); err != nil {
			return fmt.Errorf("pause: %w", err)
		}
	}
	return nil // want `^strict: ends in success`
}

func okLastOfSome(ctx context.Context, b []byte, tries int) (err error) {
	for range tries {
		if err = send(ctx, b); err == nil {
			return nil
		}
		if err := pause(ctx, time.Second); err != nil {
			return fmt.Errorf("pause: %w", err)
		}
	}
	return err
}

func okNamedInTurn(ctx context.Context, b []byte, tries int) (err error) {
	defer func() { use(err) }()
	for range tries {
		if err = send(ctx, b); err == nil {
			break
		}
		if pauseErr := pause(ctx, time.Second); pauseErr != nil {
			return errors.Join(err, pauseErr)
		}
	}
	return err
}

// --- the last error is only logged

// cortex
func badEndsWellLogged(ctx context.Context, f func() error) error {
	var last error
	for range 3 {
		last = f()
		if last == nil {
			return nil
		}
		if errors.Is(last, os.ErrNotExist) {
			return last
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	if last != nil {
		log.Print("gave up: ", last)
	}
	return nil // want `^strict: ends in success: when all attempts of f \(line \d+\) have failed, nil is returned$`
}

func okEndsLoggedAndReturned(ctx context.Context, f func() error) error {
	var last error
	for range 3 {
		if last = f(); last == nil {
			return nil
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	if last != nil {
		log.Print("gave up: ", last)
	}
	return last
}

func okEndsReturnedInBranch(ctx context.Context, f func() error) error {
	var last error
	for range 3 {
		if last = f(); last == nil {
			return nil
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
	if last != nil {
		log.Print("gave up: ", last)
		return last
	}
	return nil
}
