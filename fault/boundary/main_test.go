package boundary_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/errvet/errvet/fault/boundary"
	"github.com/errvet/errvet/fault/oplog"
)

// programs are what the test binary runs as when it is started with program in its environment.
var programs = map[string]func(ctx context.Context) error{
	"succeeds": func(context.Context) error { return nil },
	"fails":    func(context.Context) error { return errors.New("disk full") },
	"fails, logged": func(ctx context.Context) (err error) {
		op := oplog.Start(ctx, nil, "import")
		defer op.End(&err)
		return errors.New("disk full")
	},
	"panics": func(context.Context) error { return explode("boom") },
	"panics, logged": func(ctx context.Context) (err error) {
		op := oplog.Start(ctx, nil, "import")
		defer op.End(&err)
		return explode("boom")
	},
	"group panics": func(ctx context.Context) error {
		g := boundary.NewGroup(ctx)
		g.Go(func(context.Context) error { return explode("boom") })
		return fmt.Errorf("workers: %w", g.Wait())
	},
	"exits its goroutine": func(context.Context) error { runtime.Goexit(); return nil },
	"nil":                 nil,
	"stops": func(ctx context.Context) error {
		fmt.Println("ready")
		<-ctx.Done()
		if _, ok := errors.AsType[*boundary.SignalError](context.Cause(ctx)); !ok {
			return fmt.Errorf("no cause: %w", context.Cause(ctx))
		}
		return fmt.Errorf("serve: %w", ctx.Err())
	},
	"stops in peace": func(ctx context.Context) error {
		fmt.Println("ready")
		<-ctx.Done()
		return nil
	},
	"fails to stop": func(ctx context.Context) error {
		fmt.Println("ready")
		<-ctx.Done()
		return errors.Join(ctx.Err(), errors.New("flush: disk full"))
	},
	"does not heed": func(ctx context.Context) error {
		fmt.Println("ready")
		<-ctx.Done()
		fmt.Println("ready")
		select {}
	},
	"logger panics": func(context.Context) error {
		slog.SetDefault(slog.New(panicking{slog.Default().Handler()}))
		return errors.New("disk full")
	},
}

type panicking struct{ slog.Handler }

func (panicking) Handle(context.Context, slog.Record) error { panic("no log") }

const programVariable = "BOUNDARY_TEST_PROGRAM"

func TestMain(m *testing.M) {
	name, found := os.LookupEnv(programVariable)
	if !found {
		os.Exit(m.Run())
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug})))
	boundary.Main(programs[name])
	fmt.Println("returned")
}

func TestMainOutcome(t *testing.T) {
	for _, c := range []struct {
		program string
		signals []os.Signal
		code    int
		last    string // record
		has     string // somewhere in the log
	}{
		{program: "succeeds", code: 0},
		{program: "fails", code: 1, last: "ERROR program failed", has: "disk full"},
		{program: "fails, logged", code: 1, last: "DEBUG program failed", has: `"ERROR","msg":"import failed"`},
		{program: "panics", code: 2, last: "ERROR program panicked", has: "boundary_test.explode"},
		{program: "panics, logged", code: 2, last: "DEBUG program panicked", has: `"ERROR","msg":"import panicked"`},
		{program: "group panics", code: 2, last: "ERROR program panicked", has: "boundary_test.explode"},
		{program: "exits its goroutine", code: 1, last: "ERROR program was ended by runtime.Goexit", has: "runtime.Goexit"},
		{program: "nil", code: 1, last: "ERROR program failed", has: "nil"},
		{program: "stops", signals: []os.Signal{os.Interrupt}, code: 130, last: "INFO program stopped", has: "interrupt"},
		{program: "stops", signals: []os.Signal{syscall.SIGTERM}, code: 143, last: "INFO program stopped", has: "terminated"},
		{program: "stops in peace", signals: []os.Signal{syscall.SIGTERM}, code: 0},
		{program: "fails to stop", signals: []os.Signal{syscall.SIGTERM}, code: 1, last: "ERROR program failed", has: "flush"},
		{program: "does not heed", signals: []os.Signal{os.Interrupt, os.Interrupt}, code: -1},
		{program: "logger panics", code: 2, has: "no log"},
	} {
		t.Run(fmt.Sprint(c.program, c.signals), func(t *testing.T) {
			if runtime.GOOS == "windows" && len(c.signals) > 0 {
				t.Skip("a process cannot be sent these signals on Windows")
			}
			code, out, log := runProgram(t, c.program, c.signals)
			if code != c.code {
				t.Errorf("exit code %d, want %d\n%s", code, c.code, log)
			}
			if returned := strings.Contains(out, "returned"); returned != (c.code == 0) {
				t.Errorf("Main returned: %v", returned)
			}
			if c.last != "" {
				lines := strings.Split(strings.TrimSpace(log), "\n")
				var r struct{ Level, Msg string }
				if err := json.Unmarshal([]byte(lines[len(lines)-1]), &r); err != nil || r.Level+" "+r.Msg != c.last {
					t.Errorf("the last record is no %q:\n%s", c.last, log)
				}
			}
			if !strings.Contains(log, c.has) || c.last == "" && c.has == "" && log != "" {
				t.Errorf("the log is %q, want %q in it", log, c.has)
			}
			if n := strings.Count(log, `"level":"ERROR"`); n > 1 {
				t.Errorf("%d Error records", n)
			}
		})
	}
}

func TestMainLeavesNothing(t *testing.T) {
	succeed := func(context.Context) error { return nil }
	boundary.Main(succeed) // starts the one goroutine that package os/signal keeps
	before := runtime.NumGoroutine()
	for range 20 {
		boundary.Main(succeed)
	}
	for runtime.NumGoroutine() > before {
		runtime.Gosched()
	}
}

// runProgram starts the test binary as a program, and sends it a signal each time it says that it is ready.
func runProgram(t *testing.T, program string, signals []os.Signal) (code int, out, log string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), programVariable+"="+program)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stdout)
	for _, s := range signals {
		line, err := lines.ReadString('\n')
		if err != nil || line != "ready\n" {
			t.Fatalf("the program is not ready: %q %v", line, err)
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(rest), stderr.String()
}
