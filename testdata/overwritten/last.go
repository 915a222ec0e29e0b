package overwritten

import (
	"errors"
	"log"
)

// Loops whose last error is the only one that gets out.

// coredns: each failure takes the place of the one before.
func badLastFailure(notify func(string) error, peers []string) error {
	var result error
	for _, p := range peers {
		if err := notify(p); err != nil {
			result = err // want `^strict: the error of notify does not outlast the loop: the next turn's takes its place`
		}
	}
	return result
}

// syncthing: a later success takes back what went wrong.
func badLaterSuccess(remove func(string) error, next func() (string, error), names []string) error {
	_, err := next()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err = remove(name); err != nil { // want `^the error of remove does not outlast the loop: the next turn's takes its place`
			log.Print("removing ", name, ": ", err)
		}
	}
	return err
}

type rows interface {
	Next() bool
	Name() string
}

func badLaterSuccessNext(remove func(string) error, r rows) (err error) {
	for r.Next() {
		if err = remove(r.Name()); err != nil { // want `^the error of remove does not outlast the loop: the next turn's takes its place`
			log.Print("removing ", r.Name(), ": ", err)
		}
	}
	return err
}

func okAllKept(notify func(string) error, peers []string) error {
	var result error
	for _, p := range peers {
		if err := notify(p); err != nil {
			result = errors.Join(result, err)
		}
	}
	return result
}

func okListed(notify func(string) error, peers []string) error {
	var all []error
	for _, p := range peers {
		if err := notify(p); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

func okFirstOnly(notify func(string) error, peers []string) error {
	var first error
	for _, p := range peers {
		if err := notify(p); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Each is told where it happens; the result says that there were some.
func okToldEach(notify func(string) error, peers []string) error {
	var result error
	for _, p := range peers {
		if err := notify(p); err != nil {
			log.Print("notifying ", p, ": ", err)
			result = err
		}
	}
	return result
}

// The name says that no more than the last one is meant.
func okLastMeant(dial func(string) error, peers []string) error {
	var lastErr error
	for _, p := range peers {
		if err := dial(p); err != nil {
			lastErr = err
			continue
		}
		return nil
	}
	return lastErr
}

// The first success is enough.
func okAnySuccess(dial func(string) error, peers []string) error {
	var result error
	for _, p := range peers {
		err := dial(p)
		if err == nil {
			return nil
		}
		result = err
	}
	return result
}

func okTriedAgain(dial func(string) error, peer string) (err error) {
	for i := 0; i < 3; i++ {
		if err = dial(peer); err == nil {
			break
		}
		log.Print("again: ", err)
	}
	return err
}

func okLeavesAtOnce(remove func(string) error, names []string) (err error) {
	for _, name := range names {
		if err = remove(name); err != nil {
			log.Print("removing ", name)
			return err
		}
	}
	return err
}

// lookAt tries each of them. It is for unit tests only.
func okForTests(ask func(string) error, names []string) error {
	var result error
	for _, name := range names {
		if err := ask(name); err != nil {
			result = errors.Join(result, err)
		}
	}
	return result
}

func okFirstOfClosing(closers []func() error) error {
	for _, closeOne := range closers {
		if err := closeOne(); err != nil {
			return err
		}
	}
	return nil
}

// notifyEach is for testing only.
func badLastForTests(notify func(string) error, peers []string) error {
	var result error
	for _, p := range peers {
		if err := notify(p); err != nil {
			result = err // want `^strict: the error of notify does not outlast the loop: the next turn's takes its place`
		}
	}
	return result
}

func okTellsEach(notify func(string) error, peers []string) error {
	var result error
	for _, p := range peers {
		if err := notify(p); err != nil {
			log.Printf("peer %s: %v", p, err)
			result = err
		}
	}
	return result
}

func okStopsAtFirst(notify func(string) error, peers []string) (err error) {
	for _, p := range peers {
		if err = notify(p); err != nil {
			break
		}
	}
	return err
}
