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
