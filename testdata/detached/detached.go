// Package detached holds what the rule flags (bad…) and, at least twice as
// often, what it must not (ok…).
package detached

import (
	"context"
	"errors"
	"log"
	"net"
	"os"
	"sync"
	"time"
)

func work() error                      { return os.Chdir("work") }
func workOn(name string) error         { return os.Chdir(name) }
func serve(ctx context.Context) error  { return os.Chdir("serve") }
func use(...any)                       {}
func load(name string) ([]byte, error) { return os.ReadFile(name) }

// --- go f()

func badGo() {
	go work() // want `^strict: work runs on its own, and nobody takes its error$`
}

func badGoRename(tmp, path string) {
	go os.Rename(tmp, path) // want `^strict: os.Rename runs on its own`
}

func badGoLiteral() {
	go func() error { // want `^strict: the function literal runs on its own, and nobody takes its error$`
		return work()
	}()
}

type poller struct{ failed error }

// run tells of its failures in no way but by its result.
func (p *poller) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
			if err := work(); err != nil {
				return err
			}
		}
	}
}

func badGoRun(ctx context.Context, p *poller) {
	go p.run(ctx) // want `^strict: p.run runs on its own`
}

// logged tells of its failures itself.
func (p *poller) logged(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
			if err := work(); err != nil {
				log.Printf("poll: %v", err)
				return err
			}
		}
	}
}

func okGoLogged(ctx context.Context, p *poller) {
	go p.logged(ctx)
}

// until ends with its context only.
func (p *poller) until(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(time.Second):
			use(p)
		}
	}
}

func okGoUntil(ctx context.Context, p *poller) {
	go p.until(ctx)
}

// keeps remembers its failure.
func (p *poller) keeps() (err error) {
	defer func() { p.failed = err }()
	return work()
}

func okGoKeeps(p *poller) {
	go p.keeps()
}

func okGoClose(c net.Conn) {
	go c.Close()
}

func okGoLogs() {
	go func() {
		if err := work(); err != nil {
			log.Print(err)
		}
	}()
}

func okGoReason() {
	// The page works without it, only slower.
	go work() // want `^silenced\(comment\): work runs on its own`
}

func okGoNeverFails() {
	never := func() error { return nil }
	go func() { use(never()) }()
}

// --- variables

func badSharedInLoop(names []string) error {
	var err error
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err = workOn(name) // want `^several goroutines assign err at the same time: which error it holds in the end is chance, and the others are lost$`
		}()
	}
	wg.Wait()
	return err
}

func badSharedWaitGroupGo(names []string) error {
	data, err := load("names")
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			_, err = load(name) // want `^several goroutines assign err`
		})
	}
	wg.Wait()
	use(data)
	return nil
}

func badSharedByTwo() error {
	var wg sync.WaitGroup
	var err error
	wg.Add(2)
	go func() {
		defer wg.Done()
		err = workOn("a") // want `^several goroutines assign err`
	}()
	go func() {
		defer wg.Done()
		err = workOn("b")
	}()
	wg.Wait()
	return err
}

func badUnwaited() error {
	var err error
	go func() {
		err = work() // want `^err is assigned here, beside the function, which reads it on line \d+ without waiting for that: the error may come too late$`
	}()
	return err
}

func badUnwaitedTest() {
	var err error
	go func() {
		err = work() // want `^err is assigned here`
	}()
	if err != nil {
		log.Print(err)
	}
}

func badUnwaitedResult() (err error) {
	go func() {
		err = work() // want `^err is assigned here`
	}()
	return
}

func badUnheard() error {
	data, err := load("names")
	if err != nil {
		return err
	}
	go func() {
		_, err = load(string(data)) // want `^the error that is assigned to err here, beside the function, is read by nobody$`
	}()
	return nil
}

// buildah: whoever closes it puts errors of its own into the variable, before it asks.
func badUnheardByCloser(name string) (func() error, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	go func() {
		err = workOn(name) // want `^the error that is assigned to err here, beside the function, is read by nobody$`
	}()
	return func() error {
		if err = f.Close(); err != nil {
			err = errors.Join(errors.New("closing"), err)
		}
		if err2 := os.Remove(name); err == nil {
			err = err2
		}
		return err
	}, nil
}

// What comes behind the wait assigns it before it asks.
func badUnheardBehind(name string) error {
	data, err := load(name)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err = load(string(data)) // want `^the error that is assigned to err here, beside the function, is read by nobody$`
	}()
	<-done
	if err = workOn(name); err != nil {
		return err
	}
	return nil
}

func okHeardByCloser(name string) (func() error, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	go func() {
		err = workOn(name)
	}()
	return func() error {
		if err2 := f.Close(); err == nil {
			err = err2
		}
		return err
	}, nil
}

func okHeardOnOneWay(name string) (func(bool) error, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	go func() {
		err = workOn(name)
	}()
	return func(now bool) error {
		if now {
			err = f.Close()
		}
		return err
	}, nil
}

func okHeardByDeferred(name string) error {
	data, err := load(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			log.Print(err)
		}
	}()
	go func() {
		_, err = load(string(data))
	}()
	return nil
}

func okHeardInside(name string) error {
	data, err := load(name)
	if err != nil {
		return err
	}
	go func() {
		if _, err = load(string(data)); err != nil {
			log.Print(err)
		}
	}()
	return nil
}

func okHeardBehind(name string) error {
	data, err := load(name)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err = load(string(data))
	}()
	<-done
	if err == nil {
		err = workOn(name)
	}
	return err
}

func okHeardByPointer(name string, watch func(*error)) error {
	data, err := load(name)
	if err != nil {
		return err
	}
	watch(&err)
	go func() {
		_, err = load(string(data))
	}()
	return nil
}

func okHeardInNextTurn(names []string) error {
	var err error
	for _, name := range names {
		done := make(chan struct{})
		if err != nil {
			return err
		}
		go func() {
			defer close(done)
			err = workOn(name)
		}()
		<-done
	}
	return nil
}

func badTimer() error {
	var err error
	t := time.AfterFunc(time.Minute, func() {
		err = work() // want `^err is assigned here`
	})
	use(t)
	return err
}

func okWaited() error {
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = work()
	}()
	<-done
	return err
}

func okWaitGroup() error {
	var first, second error
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { defer wg.Done(); first = workOn("a") }()
	go func() { defer wg.Done(); second = workOn("b") }()
	wg.Wait()
	return errors.Join(first, second)
}

func okWaitGroupGo() error {
	var err error
	var wg sync.WaitGroup
	wg.Go(func() { err = work() })
	wg.Wait()
	return err
}

func okEachItsOwn(names []string) error {
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { errs[i] = workOn(name) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

func okLocked(names []string) error {
	var mu sync.Mutex
	var first error
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			err := workOn(name)
			mu.Lock()
			defer mu.Unlock()
			if first == nil {
				first = err
			}
		})
	}
	wg.Wait()
	return first
}

func okOnce(names []string) error {
	var once sync.Once
	var first error
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			if err := workOn(name); err != nil {
				once.Do(func() { first = err })
			}
		})
	}
	wg.Wait()
	return first
}

func okWaitedEachTurn(names []string) error {
	var err error
	for _, name := range names {
		done := make(chan bool)
		go func() {
			err = workOn(name)
			close(done)
		}()
		<-done
		if err != nil {
			return err
		}
	}
	return nil
}

func okOwnInLoop(names []string) {
	for _, name := range names {
		var err error
		done := make(chan bool)
		go func() {
			err = workOn(name)
			close(done)
		}()
		<-done
		use(err)
	}
}

func okPolled() error {
	var mu sync.Mutex
	var err error
	go func() {
		mu.Lock()
		defer mu.Unlock()
		err = work()
	}()
	mu.Lock()
	defer mu.Unlock()
	return err
}

func okOwnVariable() error {
	err := work()
	if err != nil {
		return err
	}
	go func() {
		err := workOn("beside")
		if err != nil {
			log.Print(err)
		}
	}()
	return nil
}

func okTestedInside() {
	var err error
	go func() {
		if err = work(); err != nil {
			log.Print(err)
		}
	}()
}

func okTimerStopped() error {
	var err error
	done := make(chan bool)
	time.AfterFunc(time.Minute, func() {
		err = work()
		close(done)
	})
	<-done
	return err
}

func okReadAfterSleep() error {
	var err error
	go func() { err = work() }()
	time.Sleep(time.Second)
	return err
}

func okSignalled() error {
	var err error
	var c sync.Cond
	go func() {
		err = work()
		c.Broadcast()
	}()
	c.Wait()
	return err
}

func okHandsBack() error {
	var err error
	start := make(chan bool)
	go func() {
		<-start
		err = work()
		start <- true
	}()
	start <- true
	<-start
	return err
}

func okReset() {
	var err error
	use(err)
	go func() {
		err = nil
	}()
}

func okClosureWaits() error {
	var err error
	var wg sync.WaitGroup
	wg.Go(func() { err = work() })
	finish := func() { wg.Wait() }
	finish()
	return err
}

func okTwoInTurn() error {
	var err error
	var wg sync.WaitGroup
	wg.Go(func() { err = workOn("a") })
	wg.Wait()
	if err != nil {
		return err
	}
	wg.Go(func() { err = workOn("b") })
	wg.Wait()
	return err
}

type session struct{ failed error }

func (s *session) handshake() error { return s.run() }

func (s *session) run() error {
	if err := work(); err != nil {
		s.failed = err
		return s.failed
	}
	return nil
}

func okGoKeptInside(s *session) {
	go s.handshake()
}
