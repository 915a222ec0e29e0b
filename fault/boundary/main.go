package boundary

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/oplog"
)

// Exit codes of Main. A program ended by a signal has 128 and the signal's number, as shells count.
const (
	exitFailure   = 1
	exitPanic     = 2 // as of a panic that nobody recovers
	exitInterrupt = 128 + 2
	exitTerminate = 128 + 15
)

// A SignalError is the cause with which Main cancels its function's context: context.Cause(ctx) returns it.
type SignalError struct {
	Signal os.Signal
}

// Error names the signal.
func (e *SignalError) Error() string { return "got signal: " + e.Signal.String() }

// Main is the body of a main function. It calls f with a context that is cancelled by an interrupt (Ctrl-C) or
// SIGTERM, with a [*SignalError] as cause. A second signal ends the process at once, as signals do without Main.
//
// When f returns nil, Main returns. Otherwise it ends the process by os.Exit, with one of these exit codes:
//
//	1    f failed: logged at Error, or at Debug if an operation of package oplog has logged it
//	1    f ended the goroutine by runtime.Goexit, or is nil: logged at Error
//	2    f panicked, or returned the panic of a Group: logged likewise, with the stack
//	130  f returned nothing but the cancel after an interrupt: logged at Info
//	143  the same after SIGTERM
//
// The logger is slog.Default() at the end of f, so f may set it. Deferred calls of f have run by then,
// those of main's own have not. Panics in other goroutines are out of reach; [Group] is for them.
func Main(f func(ctx context.Context) error) {
	code := exitFailure // stays where f ends the goroutine by runtime.Goexit
	defer func() {
		if value := recover(); value != nil {
			panic(value) // not of f, but of the logger: it must not pass for an exit code
		}
		if code != 0 {
			os.Exit(code)
		}
	}()
	code = run(f)
}

// run is Main without the end of the process.
func run(f func(ctx context.Context) error) int {
	ctx, stop := untilSignal()
	defer stop()
	returned := false
	defer func() {
		if !returned { // Call lets nothing pass but runtime.Goexit
			slog.Error("program was ended by runtime.Goexit", slog.String("stack", string(debug.Stack())))
		}
	}()
	err := Call(func() error {
		if f == nil {
			return errNilFunc
		}
		return f(ctx)
	})
	returned = true
	return report(err, context.Cause(ctx))
}

// report logs the outcome and gives the exit code.
func report(err, cause error) int {
	if err == nil {
		return 0
	}
	if stopped, ok := errors.AsType[*SignalError](cause); ok && isEcho(err, cause) {
		slog.Info("program stopped", slog.String("signal", stopped.Signal.String()))
		if stopped.Signal == os.Interrupt {
			return exitInterrupt
		}
		return exitTerminate
	}
	code, msg, level := exitFailure, "program failed", slog.LevelError
	if _, panicked := errors.AsType[*PanicError](err); panicked {
		code, msg = exitPanic, "program panicked"
	}
	if oplog.Logged(err) {
		level = slog.LevelDebug
	}
	slog.LogAttrs(context.Background(), level, msg, fault.Attr(err))
	return code
}

// untilSignal returns a context that the first signal cancels. The handling of signals is then the default
// again, so that a second one works on a program that does not heed its context.
func untilSignal() (ctx context.Context, stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancelCause(context.Background())
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			cancel(&SignalError{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}
