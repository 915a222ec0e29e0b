// Package companion imports errvet's companion, so that its fixes may use it.
package companion

import (
	"context"
	"log"
	"log/slog"
	"os"

	"github.com/errvet/errvet/fault/oplog"
)

func work() error             { return os.Chdir("work") }
func saveState() error        { return os.Chdir("state") }
func open() (*os.File, error) { return os.Open("work") }
func use(...any)              {}

// The operation tells what it has survived.
func operates(ctx context.Context, logger *slog.Logger) (n int, err error) {
	op := oplog.Start(ctx, logger, "work")
	defer op.End(&err)
	defer saveState() // want `saveState can fail, and nobody takes its error`
	defer func() {
		os.Chdir("back") // want `os.Chdir can fail, and nobody takes its error`
	}()
	if err := work(); err != nil {
		return 0, err
	}
	for range 3 {
		saveState() // want `saveState can fail, and nobody takes its error`
	}
	return 1, nil
}

func survives(ctx context.Context, logger *slog.Logger) {
	var err error
	op := oplog.Start(ctx, logger, "work")
	defer op.End(&err)
	saveState() // want `saveState can fail, and nobody takes its error`
	go func() {
		saveState() // want `saveState can fail, and nobody takes its error`
	}()
	err = work()
}

// Its end comes before what is deferred later is run.
func ended(ctx context.Context, logger *slog.Logger) {
	defer func() {
		saveState() // want `saveState can fail, and nobody takes its error`
	}()
	op := oplog.Start(ctx, logger, "work")
	defer op.End(nil)
	use(op)
}

func plain() {
	if err := work(); err != nil {
		log.Printf("work: %v", err)
	}
	saveState() // want `saveState can fail, and nobody takes its error`
}
