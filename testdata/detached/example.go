package detached

import (
	"context"
	"log"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"
)

// The examples of the documentation.

func fetch(name string) error { return os.Chdir(name) }

func exampleLogs() {
	go func() {
		if err := fetch("news"); err != nil {
			log.Printf("fetch failed: %v", err)
		}
	}()
}

func exampleGo() {
	go fetch("news") // want `nobody takes its error`
}

func exampleShared(names []string) error {
	var err error
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { err = fetch(name) }) // want `several goroutines assign err`
	}
	wg.Wait()
	return err
}

func exampleLeaves(ctx context.Context) error {
	errc := make(chan error)
	go func() { errc <- fetch("all") }() // want `nobody receives from errc`
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func exampleGroup(names []string) {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return fetch(name) })
	}
	g.Wait() // want `the error that g.Wait gives`
}

func exampleRight(names []string) error {
	room := make(chan error, len(names))
	for _, name := range names {
		go func() { room <- fetch(name) }()
	}
	for range names {
		if err := <-room; err != nil {
			return err
		}
	}
	var all errgroup.Group
	for _, name := range names {
		all.Go(func() error { return fetch(name) })
	}
	return all.Wait()
}
