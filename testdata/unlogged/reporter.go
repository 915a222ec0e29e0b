package unlogged

import (
	"context"
	"errors"
	"log"
)

// What is handed an error to count or to tell of costs a detail of that where it meets one itself.
func badCounts(s *store, count func(name []byte, failed bool)) func(ctx context.Context, err error) {
	return func(ctx context.Context, err error) {
		name, tenantErr := s.load("tenant")
		if tenantErr != nil {
			return // want `^strict: s.load failed \(line \d+\), and function literal in badCounts ends without a trace of it`
		}
		count(name, err != nil)
	}
}

// Handed no error it is called for something of its own.
func badStarts(ctx context.Context, s *store, start func(name []byte)) {
	go func() {
		name, err := s.load("tenant")
		if err != nil {
			return // want `^s.load failed \(line \d+\), and function literal in badStarts ends without a trace of it`
		}
		start(name)
	}()
}

func okCountsAnyway(s *store, count func(name []byte, failed bool)) func(ctx context.Context, err error) {
	return func(ctx context.Context, err error) {
		name, tenantErr := s.load("tenant")
		if tenantErr != nil {
			log.Printf("whose failure this is: %v", tenantErr)
		}
		count(name, err != nil)
	}
}

func okGivesOn(s *store, count func(name []byte, failed bool)) func(ctx context.Context, err error) error {
	return func(ctx context.Context, err error) error {
		name, tenantErr := s.load("tenant")
		if tenantErr != nil {
			return errors.Join(err, tenantErr)
		}
		count(name, err != nil)
		return err
	}
}

func okStartsOrSays(ctx context.Context, s *store, start func(name []byte), failed chan<- error) {
	go func() {
		name, err := s.load("tenant")
		if err != nil {
			failed <- err
			return
		}
		start(name)
	}()
}

func okStartsOrLogs(ctx context.Context, s *store, start func(name []byte)) {
	go func() {
		name, err := s.load("tenant")
		if err != nil {
			log.Print(err)
			return
		}
		start(name)
	}()
}

// That the other side is gone is heard in another clause.

type feed struct {
	errc chan error
	push func([]byte) error
}

func (f *feed) Err() <-chan error { return f.errc }

func notify(f *feed, s *store, name string) error {
	b, err := s.load(name)
	if err != nil {
		return err
	}
	return f.push(b)
}

// avalanchego
func badFed(f *feed, s *store, names <-chan string) {
	log.Print("feeding")
	go func() {
		for {
			select {
			case name := <-names:
				if err := notify(f, s, name); err != nil {
					return // want `^strict: notify failed \(line \d+\), and function literal in badFed ends without a trace of it`
				}
			case <-f.Err():
				return
			}
		}
	}()
}

func badFedOther(f, other *feed, s *store, names <-chan string) {
	log.Print("feeding")
	go func() {
		for {
			select {
			case name := <-names:
				if err := notify(f, s, name); err != nil {
					return // want `^notify failed \(line \d+\), and function literal in badFedOther ends without a trace of it`
				}
			case <-other.Err():
				return
			}
		}
	}()
}

func okFed(f *feed, s *store, names <-chan string) {
	go func() {
		for {
			select {
			case name := <-names:
				if err := notify(f, s, name); err != nil {
					log.Printf("feeding %s: %v", name, err)
					return
				}
			case <-f.Err():
				return
			}
		}
	}()
}

func okFedInTurn(f *feed, s *store, names <-chan string) error {
	for {
		select {
		case name := <-names:
			if err := notify(f, s, name); err != nil {
				return err
			}
		case err := <-f.Err():
			return err
		}
	}
}

func okFedOnce(f *feed, s *store, name string, failed chan<- error) {
	go func() { failed <- notify(f, s, name) }()
}

func okFedLast(f *feed, s *store, name string) error { return notify(f, s, name) }
