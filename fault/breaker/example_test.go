package breaker_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/breaker"
)

func ExampleDo() {
	api := breaker.New(breaker.Config{Name: "api", Failures: 3, Cooldown: 30 * time.Second, Jitter: -1, Logger: quiet})
	fetch := func(context.Context) (string, error) { return "", errors.New("503 Service Unavailable") }
	for range 4 {
		_, err := breaker.Do(context.Background(), api, fetch)
		fmt.Println(err)
	}
	// Output:
	// 503 Service Unavailable
	// 503 Service Unavailable
	// 503 Service Unavailable
	// circuit breaker "api" open: retry in 30s
}

func ExampleNew() {
	api := breaker.New(breaker.Config{
		Name:        "api",
		Window:      breaker.Window{Span: 10 * time.Second, FailureRate: 0.5},
		Slow:        2 * time.Second,
		Cooldown:    10 * time.Second,
		MaxCooldown: 5 * time.Minute,
	})
	fmt.Println(api.Name(), api.State())
	// Output: api closed
}

func ExampleBreaker_Run() {
	mail := breaker.New(breaker.Config{Name: "mail"})
	err := mail.Run(context.Background(), func(context.Context) error { return nil })
	fmt.Println(err, mail.State())
	// Output: <nil> closed
}

// What is a failure of the dependency is the caller's to say; here a missing object is none.
func ExampleConfig() {
	errNotFound := errors.New("not found")
	store := breaker.New(breaker.Config{
		Failures: 1,
		Failed:   func(err error) bool { return !errors.Is(err, errNotFound) },
		Logger:   quiet,
	})
	_ = store.Run(context.Background(), func(context.Context) error { return errNotFound })
	fmt.Println(store.State())
	_ = store.Run(context.Background(), func(context.Context) error { return errDown })
	fmt.Println(store.State())
	// Output:
	// closed
	// open
}

// For work that is not one function call.
func ExampleBreaker_Allow() {
	stream := breaker.New(breaker.Config{Name: "stream", Failures: 1, Logger: quiet})
	done, err := stream.Allow(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	// … read until the stream ends …
	done(errors.New("stream broken"))
	fmt.Println(stream.State())
	// Output: open
}

func ExampleOpenError() {
	api := breaker.New(breaker.Config{Name: "api", Failures: 1, Cooldown: time.Minute, Jitter: -1, Logger: quiet})
	_ = api.Run(context.Background(), func(context.Context) error { return errDown })

	err := fmt.Errorf("load user: %w", api.Run(context.Background(), func(context.Context) error { return nil }))
	if open, ok := errors.AsType[*breaker.OpenError](err); ok {
		fmt.Println(open.Name, open.State, open.RetryAfter().Round(time.Second), open.Cause)
		fmt.Println(open.Public())
		fmt.Println(open.Transient(), open.Unwrap())
		fmt.Println(open.LogValue().Group()[0])
	}
	fmt.Println(errors.Is(err, breaker.ErrOpen), fault.CodeOf(err))
	// Output:
	// api open 1m0s down
	// temporarily unavailable, please try again later
	// false breaker.open
	// name=api
	// true breaker.open
}

// A health check that makes no call and takes no place of a trial call.
func ExampleBreaker_Check() {
	primary := breaker.New(breaker.Config{Name: "primary", Logger: quiet})
	replica := breaker.New(breaker.Config{Name: "replica", Logger: quiet})
	primary.Isolate(errors.New("failover drill"))
	for _, b := range []*breaker.Breaker{primary, replica} {
		if err := b.Check(); err != nil {
			fmt.Println("skip:", err)
			continue
		}
		fmt.Println("use", b.Name())
	}
	// Output:
	// skip: circuit breaker "primary" isolated by hand
	// use replica
}

func ExampleBreaker_Isolate() {
	api := breaker.New(breaker.Config{Name: "api", Logger: quiet})
	api.Isolate(errors.New("maintenance until 6"))
	fmt.Println(api.Run(context.Background(), func(context.Context) error { return nil }))
	api.Close()
	fmt.Println(api.Run(context.Background(), func(context.Context) error { return nil }))
	// Output:
	// circuit breaker "api" isolated by hand
	// <nil>
}

func ExampleBreaker_Close() {
	api := breaker.New(breaker.Config{Failures: 1, Logger: quiet})
	_ = api.Run(context.Background(), func(context.Context) error { return errDown })
	fmt.Println(api.State())
	api.Close()
	fmt.Println(api.State())
	// Output:
	// open
	// closed
}

// Changes of state as metrics and logs. The hook may call the breaker.
func ExampleChange() {
	logTo := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "until" {
				return slog.Attr{}
			}
			return a
		},
	}))
	api := breaker.New(breaker.Config{
		Name: "api", Failures: 1, Logger: logTo,
		OnChange: func(_ context.Context, c breaker.Change) { fmt.Printf("gauge: %v to %v\n", c.From, c.To) },
	})
	_ = api.Run(context.Background(), func(context.Context) error { return errDown })
	api.Close()
	// Output:
	// level=WARN msg="circuit breaker open" breaker=api from=closed error.type=errors.errorString error.message=down
	// gauge: closed to open
	// level=INFO msg="circuit breaker closed" breaker=api from=open
	// gauge: open to closed
}

func ExampleState_String() {
	fmt.Println(breaker.Closed.String(), breaker.HalfOpen, breaker.Open, breaker.Isolated)
	// Output: closed half-open open isolated
}

func ExampleNewGroup() {
	hosts := breaker.NewGroup[string](breaker.Config{Name: "api", Failures: 1, Logger: quiet}, time.Hour)
	for _, host := range []string{"eu-1", "eu-2"} {
		_ = hosts.Get(host).Run(context.Background(), func(context.Context) error {
			if host == "eu-2" {
				return errDown
			}
			return nil
		})
	}
	var lines []string
	for host, b := range hosts.All() {
		lines = append(lines, fmt.Sprintln(host, b.Name(), b.State()))
	}
	slices.Sort(lines)
	for _, line := range lines {
		fmt.Print(line)
	}
	// Output:
	// eu-1 api/eu-1 closed
	// eu-2 api/eu-2 open
}

func ExampleGroup_Get() {
	tenants := breaker.NewGroup[int](breaker.Config{}, 0)
	fmt.Println(tenants.Get(7) == tenants.Get(7), tenants.Get(7) == tenants.Get(8))
	// Output: true false
}

func ExampleGroup_All() {
	hosts := breaker.NewGroup[string](breaker.Config{Logger: quiet}, 0)
	hosts.Get("eu-1")
	for _, b := range hosts.All() {
		b.Isolate(errors.New("maintenance"))
	}
	fmt.Println(hosts.Get("eu-1").State())
	// Output: isolated
}
