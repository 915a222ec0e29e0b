package errflow

import (
	"context"
	"errors"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Closures.

func inLine() error {
	var err error
	func() {
		err = work() // want "^err: returned$"
	}()
	return err
}

func inLineLost() {
	var err error
	func() {
		err = work() // want "^err: overwritten$"
	}()
	err = work() // want "^err: logged: function left$"
	log.Print(err)
}

func inLineReturned() error {
	err := func() error { // want "^err: tested: returned$"
		if err := work(); err != nil { // want "^err: tested: returned$"
			return err
		}
		return nil
	}()
	if err != nil {
		return err
	}
	return nil
}

func local() error {
	var err error
	try := func() {
		if err == nil {
			err = work() // want "^err: left to the enclosing function$"
		}
	}
	try()
	try()
	return err
}

func localReturns() error {
	try := func() error {
		return work()
	}
	err := try() // want "^err: tested: returned$"
	if err != nil {
		return err
	}
	return try()
}

func localReads() {
	var err error
	report := func() { log.Print(err) }
	err = work() // want "^err: passed$"
	report()
}

func goroutine() error {
	var err error
	go func() {
		err = work() // want "^err: left to the enclosing function$"
	}()
	return err
}

func goroutineReads() {
	err := work() // want "^err: captured$"
	go func() {
		log.Print(err)
	}()
}

func spawned() {
	go work() // want "^work: dropped by go$"
}

func escaping(register func(func())) error {
	err := work() // want "^err: shared$"
	register(func() {
		err = work() // want "^err: left to the enclosing function$"
	})
	return err
}

func escapingReader(register func(func() error)) {
	err := work() // want "^err: captured$"
	register(func() error {
		return err
	})
}

func ownOfClosure(register func(func())) {
	register(func() {
		err := work() // want "^err: tested: function left$"
		if err != nil {
			return
		}
	})
}

func callback(register func(func() error)) {
	register(func() error {
		if err := work(); err != nil { // want "^err: tested: success returned$"
			return nil
		}
		return nil
	})
}

func handed(register func(func(error))) {
	register(func(err error) { // want "^err: tested, logged: function left$"
		if err != nil {
			log.Print(err)
		}
	})
}

func methodValue() func() string {
	err := work() // want "^err: tested: passed$"
	if err != nil {
		return err.Error
	}
	return nil
}

func ofMethodValue(f *os.File) error {
	stop := f.Close
	if err := stop(); err != nil { // want "^err: tested: returned$"
		return err
	}
	return nil
}

func ofMethodExpression(f *os.File) {
	err := (*os.File).Close(f) // want "^err: tested, logged: function left$"
	if err != nil {
		log.Print(err)
	}
}

func withLock(mu *sync.Mutex, f func()) {
	mu.Lock()
	defer mu.Unlock()
	f()
}

func walked(root string) error {
	var last error
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error { // want "^err: wrapped$" "^err: tested: success returned$"
		if err != nil {
			return nil
		}
		last = work() // want "^last: wrapped$"
		return nil
	})
	return errors.Join(err, last)
}

func sorted(list []string) error {
	var err error
	sort.Slice(list, func(i, j int) bool {
		_, err = size(list[i]) // want "^err: returned$"
		return i < j
	})
	return err
}

func deferWithArgument() {
	err := work()           // want "^err: passed$"
	defer func(err error) { // want "^err: tested: function left$"
		if err != nil {
			use(1)
		}
	}(err)
}

func goWithArgument() {
	err := work()        // want "^err: passed$"
	go func(err error) { // want "^err: logged: function left$"
		log.Print(err)
	}(err)
}

func resultOfGoroutine() (err error) {
	go func() {
		err = work() // want "^err: left to the enclosing function$"
	}()
	return err
}

func resultReadByCallback(register func(func())) (err error) {
	register(func() { log.Print(err) })
	err = work() // want "^err: captured$"
	return err
}

func recursive(root string) error {
	var visit func(string) error
	visit = func(name string) error {
		if err := work(); err != nil { // want "^err: tested: returned$"
			return err
		}
		return visit(name + "x")
	}
	err := visit(root) // want "^err: returned$"
	return err
}

func inLineInLoop(names []string) error {
	for _, name := range names {
		err := func() error { // want "^err: tested: returned$"
			f, err := os.Open(name) // want "^err: tested: returned$"
			if err != nil {
				return err
			}
			defer f.Close() // want "^f\\.Close: dropped by defer$"
			return nil
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

func inLineWithLoop(names []string) error {
	var err error
	func() {
		for _, name := range names {
			if _, err = size(name); err != nil { // want "^err: tested: returned$"
				return
			}
		}
	}()
	return err
}

func inLineShadows() error {
	var err error
	func() {
		_, err := size("a") // want "^err: tested: function left$"
		if err != nil {
			return
		}
	}()
	return err
}

func inLineTests() error {
	err := work() // want "^err: tested, logged: success returned$"
	func() {
		if err != nil {
			log.Print(err)
		}
	}()
	return nil
}

func localTests() error {
	err := work() // want "^err: passed$"
	failed := func() bool { return err != nil }
	if failed() {
		return err
	}
	return nil
}

func localFinishes() error {
	var err error
	finish := func() {
		if e := work(); e != nil && err == nil { // want "^e: tested: left to the enclosing function; tested: scope end$"
			err = e
		}
	}
	err = work() // want "^err: passed$"
	finish()
	return err
}

func sentByGoroutine(errs chan error) {
	go func() {
		if err := work(); err != nil { // want "^err: tested: sent$"
			errs <- err
		}
	}()
}

func group(ctx context.Context) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := work(); err != nil { // want "^err: tested: returned$"
			return err
		}
		return nil
	})
	return g.Wait()
}

func waitGroup() error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := work(); err != nil { // want "^err: tested: left to the enclosing function$"
				mu.Lock()
				first = err
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return first
}

func keptForDefer() {
	var kept error
	defer func() {
		if kept != nil {
			log.Print(kept)
		}
	}()
	if err := work(); err != nil { // want "^err: tested, logged: function left$"
		kept = err
	}
}

func lockedLost(mu *sync.Mutex) {
	var err error
	withLock(mu, func() {
		err = work() // want "^err: overwritten$"
	})
	use(1)
	_, err = size("a") // want "^err: logged: function left$"
	log.Print(err)
}

func once(o *sync.Once) error {
	var err error
	o.Do(func() {
		err = work() // want "^err: returned$"
	})
	return err
}

func underLock(mu *sync.Mutex) error {
	var err error
	withLock(mu, func() {
		err = work() // want "^err: returned$"
	})
	return err
}

func underLockLost(mu *sync.Mutex) error {
	err := work() // want "^err: overwritten; returned$"
	withLock(mu, func() {
		err = work() // want "^err: returned$"
	})
	return err
}

func onceOnly(o *sync.Once) error {
	var err error
	o.Do(func() {
		_, err = size("a") // want "^err: tested: returned$"
	})
	if err != nil {
		return err
	}
	return nil
}
