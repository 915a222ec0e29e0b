package boundary_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/boundary"
)

func ExampleCall() {
	plugin := func() error {
		var settings map[string]int
		settings["retries"] = 3 // a bug
		return nil
	}
	err := boundary.Call(plugin)
	fmt.Println(err)
	if p, ok := errors.AsType[*boundary.PanicError](err); ok {
		fmt.Println("stack kept:", len(p.Stack) > 0)
	}
	// Output:
	// panic: assignment to entry in nil map
	// stack kept: true
}

func ExamplePanicError() {
	err := boundary.Call(func() error { panic(fault.Transient(io.ErrUnexpectedEOF)) })
	p, _ := errors.AsType[*boundary.PanicError](err)
	fmt.Println(p.Error())
	fmt.Println(p.Unwrap() == p.Value, errors.Is(err, io.ErrUnexpectedEOF))
	fmt.Println("transient:", fault.IsTransient(err))
	for _, a := range p.LogValue().Group() {
		fmt.Println("logged:", a.Key)
	}
	// Output:
	// panic: unexpected EOF
	// true true
	// transient: true
	// logged: value
	// logged: stack
}

func ExampleHTTP() {
	pay := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		var user *struct{ Name string }
		fmt.Println(user.Name) // a bug
	})
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "stack" { // differ from run to run
				return slog.Attr{}
			}
			return a
		},
	}))
	w := httptest.NewRecorder()
	boundary.HTTP(pay, logger).ServeHTTP(w, httptest.NewRequest("POST", "/pay", nil))
	fmt.Println(w.Code, w.Body)
	// Output:
	// level=ERROR msg="handler panicked" panic="runtime error: invalid memory address or nil pointer dereference" answer=500 error.type=runtime.errorString error.message="runtime error: invalid memory address or nil pointer dereference" method=POST path=/pay
	// 500 Internal Server Error
}

func ExampleGroup() {
	g := boundary.NewGroup(context.Background())
	g.Go(func(context.Context) error { return errors.New("mail: no such user") })
	g.Go(func(ctx context.Context) error {
		<-ctx.Done() // the first failure cancels
		panic("invoice: index out of range")
	})
	g.Go(func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err() // says nothing that the first failure does not say
	})
	fmt.Println(g.Wait())
	// Output:
	// mail: no such user
	// panic: invoice: index out of range
}

func ExampleGroup_Go() {
	var g boundary.Group
	g.Go(func(context.Context) error { return errors.New("disk full") })
	g.Go(func(ctx context.Context) error {
		<-ctx.Done()
		fmt.Println("stopped because of:", context.Cause(ctx))
		return nil
	})
	fmt.Println(g.Wait())
	// Output:
	// stopped because of: disk full
	// disk full
}

func ExampleGroup_Limit() {
	g := boundary.NewGroup(context.Background())
	g.Limit(1)
	for _, name := range []string{"a", "b", "c"} {
		g.Go(func(context.Context) error {
			fmt.Println("start", name)
			defer fmt.Println("end", name)
			time.Sleep(time.Millisecond)
			return nil
		})
	}
	fmt.Println(g.Wait())
	// Output:
	// start a
	// end a
	// start b
	// end b
	// start c
	// end c
	// <nil>
}

func ExampleGroup_Wait() {
	g := boundary.NewGroup(context.Background())
	g.Go(func(context.Context) error { panic("boom") })
	err := g.Wait()
	if p, ok := errors.AsType[*boundary.PanicError](err); ok {
		fmt.Println("a goroutine panicked with", p.Value)
	}
	// Output: a goroutine panicked with boom
}

func ExampleNewGroup() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	g := boundary.NewGroup(ctx)
	g.Go(func(ctx context.Context) error {
		<-ctx.Done()
		return fmt.Errorf("fetch: %w", ctx.Err())
	})
	fmt.Println(g.Wait())
	// Output: fetch: context deadline exceeded
}

func ExampleMain() {
	// func main() { boundary.Main(run) }
	run := func(ctx context.Context) error {
		server := &http.Server{Addr: "127.0.0.1:0", Handler: boundary.HTTP(http.NotFoundHandler(), nil)}
		g := boundary.NewGroup(ctx)
		g.Go(func(context.Context) error {
			if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
				return fmt.Errorf("serve: %w", err)
			}
			return nil
		})
		// A real program waits for ctx.Done() here.
		g.Go(func(ctx context.Context) error {
			if err := server.Shutdown(context.WithoutCancel(ctx)); err != nil {
				return fmt.Errorf("shut down: %w", err)
			}
			return nil
		})
		return g.Wait()
	}
	boundary.Main(run)
	fmt.Println("done")
	// Output: done
}

func ExampleSignalError() {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(&boundary.SignalError{Signal: os.Interrupt}) // Main does this
	if s, ok := errors.AsType[*boundary.SignalError](context.Cause(ctx)); ok {
		fmt.Println(s)
		fmt.Println(s.Signal == os.Interrupt)
	}
	// Output:
	// got signal: interrupt
	// true
}
