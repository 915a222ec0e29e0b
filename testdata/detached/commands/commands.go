// Package commands is where a command keeps its parts: it ends soon, with the failure that made it leave.
package commands

import (
	"context"
	"fmt"
	"os"
	"os/signal"
)

func work() error { return os.Remove("work") }

// kubevirt: who presses Ctrl-C ends the program.
func badSenderBlocks() error {
	errc := make(chan error)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	go func() { errc <- work() }() // want `^strict: once the function leaves on line \d+, nobody receives from errc`
	select {
	case err := <-errc:
		return err
	case <-stop:
		fmt.Println()
		return nil
	}
}

func okBuffered(ctx context.Context) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func okWaits() error {
	errc := make(chan error)
	go func() { errc <- work() }()
	return <-errc
}
