// Package companion imports errvet's companion, so that its fixes may use it.
package companion

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/errvet/errvet/fault/retry"
)

func parse(path string) (int, error) { return len(path), nil }

var _ = retry.Policy{}

func load(path string) (n int, err error) {
	defer func() {
		if r := recover(); r != nil { // want `becomes an ordinary error without a stack`
			err = fmt.Errorf("loading %s: %v", path, r)
		}
	}()
	n, err = parse(path)
	if err != nil {
		return 0, fmt.Errorf("parsing %s: %w", path, err)
	}
	return n, nil
}

func panicTwice(path string) (n int, err error) {
	defer func() {
		r := recover() // want `becomes an ordinary error without a stack`
		if r == nil {
			return
		}
		err = fmt.Errorf("panic: %+v (100%% of %q)", r, path)
	}()
	n, err = parse(path)
	return n + 1, err
}

// The error is made in a way of its own.
func otherMaker(path string) (n int, err error) {
	defer func() {
		if r := recover(); r != nil { // want `becomes an ordinary error without a stack`
			err = errors.New(fmt.Sprint(r))
		}
	}()
	n, err = parse(path)
	return n + 1, err
}

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `takes http.ErrAbortHandler too`
				log.Printf("panic: %v\n%s", v, debug.Stack())
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func middlewareLogger(logger *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `takes http.ErrAbortHandler too`
				logger.Error("panic", "value", v, "stack", string(debug.Stack()))
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// It tells the metrics, too, so that it stays what it is.
func middlewareCounts(next http.Handler, count func()) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `takes http.ErrAbortHandler too`
				log.Printf("panic: %v\n%s", v, debug.Stack())
				count()
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func discarded(ctx context.Context, work func(context.Context)) {
	defer func() {
		recover() // want `throws it away`
	}()
	work(ctx)
}

var stack = log.New(log.Writer(), string(debug.Stack()), 0)
