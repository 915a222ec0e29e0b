package recoverall

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
)

// Logged with the stack.

func okLogged() {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	compute(1)
}

func okSlog(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			slog.ErrorContext(ctx, "panic", "value", r, "stack", string(debug.Stack()))
		}
	}()
	compute(1)
}

func okRuntimeStack() {
	defer func() {
		if r := recover(); r != nil {
			buf := make([]byte, 64<<10)
			buf = buf[:runtime.Stack(buf, false)]
			fmt.Fprintf(os.Stderr, "parser panic: %v\n%s", r, buf)
		}
	}()
	compute(1)
}

func okPrintStack() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic while encoding: %v", r)
			debug.PrintStack()
		}
	}()
	compute(1)
	return work()
}

func logPanic(r any) { log.Printf("panic: %v\n%s", r, debug.Stack()) }

func okThroughHelper() {
	defer func() {
		if r := recover(); r != nil {
			logPanic(r)
		}
	}()
	compute(1)
}

// Panics again with what it does not know.

func okSentinelType() (err error) {
	defer func() {
		if r := recover(); r != nil {
			if b, ok := r.(bailout); ok {
				err = b.err
			} else {
				panic(r)
			}
		}
	}()
	compute(1)
	return work()
}

func okAssertion() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(bailout).err
		}
	}()
	compute(1)
	return work()
}

func okTextOnly() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New(r.(string))
		}
	}()
	compute(1)
	return work()
}

func okRuntimeError() (err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(runtime.Error); ok {
				panic(r)
			}
			err = r.(error)
		}
	}()
	compute(1)
	return work()
}

func okTypeSwitch() (err error) {
	defer func() {
		switch b := recover().(type) {
		case nil:
		case bailout:
			err = b.err
		default:
			panic(b)
		}
	}()
	compute(1)
	return work()
}

var errAbort = errors.New("abort")

func okSentinelValue() {
	defer func() {
		if r := recover(); r != nil && r != errAbort {
			panic(r)
		}
	}()
	compute(1)
}

func okValueSwitch() (err error) {
	defer func() {
		switch r := recover(); r {
		default:
			panic(r)
		case nil:
		case errAbort:
			err = errAbort
		}
	}()
	compute(1)
	return work()
}

func okOtherPanic(n int) []byte {
	defer func() {
		if recover() != nil {
			panic("bytes: too large")
		}
	}()
	return make([]byte, n)
}

func okRollback() {
	valid := false
	var reason any
	defer func() {
		reason = recover()
		if !valid {
			panic(reason)
		}
	}()
	compute(1)
	valid = true
}

func okDeferredPanic() {
	defer func() {
		if r := recover(); r != nil {
			defer panic(r)
			note("recovered", nil)
		}
	}()
	compute(1)
}

func handleError(errp *error) {
	if r := recover(); r != nil {
		b, ok := r.(bailout)
		if !ok {
			panic(r)
		}
		*errp = b.err
	}
}

func okHelper() (err error) {
	defer handleError(&err)
	compute(1)
	return work()
}

func okCaller() (err error) { return okHelper() }

// Ends the program.

func okFatal() {
	defer func() {
		if r := recover(); r != nil {
			log.Fatalf("writing: %v", r)
		}
	}()
	compute(1)
}

func okExit() {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintln(os.Stderr, "fatal:", r)
			os.Exit(2)
		}
	}()
	compute(1)
}

// The value goes elsewhere.

type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprint(p.value) }

func okKept() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &panicError{value: r}
		}
	}()
	compute(1)
	return work()
}

func okSent(ch chan<- any) {
	defer func() {
		if r := recover(); r != nil {
			ch <- r
		}
	}()
	compute(1)
}

type call struct {
	reason any
	err    error
	errs   []error
}

func okField(c *call) {
	defer func() {
		c.reason = recover()
	}()
	compute(1)
}

func okGoroutine(c *call, wg *sync.WaitGroup) {
	go func() {
		defer wg.Done()
		defer func() {
			if r := recover(); r != nil {
				c.errs[0] = fmt.Errorf("panic: %v", r)
			}
		}()
		c.errs[0] = work()
	}()
}

func okText(s fmt.Stringer) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("<panic: %s>", r)
		}
	}()
	return s.String()
}

func okWriter(w io.Writer, s fmt.Stringer) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(w, "<panic: %s>", r)
		}
	}()
	fmt.Fprint(w, s.String())
}

func okUnknown(c *call, report func(any)) {
	defer func() {
		if r := recover(); r != nil {
			report(r)
		}
	}()
	compute(1)
}

func okArgumentOfReport(report func(any)) {
	defer func() { report(recover()) }()
	compute(1)
}

func okCapturedByOuter() any {
	var reason any
	func() {
		defer func() { reason = recover() }()
		compute(1)
	}()
	return reason
}

func okReadLater(ch chan<- error) {
	var err error
	defer func() { ch <- err }()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("job: %v: %w", r, errAbort)
			debug.PrintStack()
		}
	}()
	err = work()
}

// Asks whether something panics.

func okPanics(f func()) (panicked bool) {
	defer func() {
		if recover() != nil {
			panicked = true
		}
	}()
	f()
	return false
}

func okLength(x any) (n int, ok bool) {
	v := reflect.ValueOf(x)
	defer func() {
		ok = recover() == nil
	}()
	return v.Len(), true
}

func okEqual(a, b any) bool {
	defer func() {
		recover()
	}()
	return a == b
}

const traceDecoder = false

func okDecode(src []byte) (n int) {
	defer func() {
		if r := recover(); r != nil {
			if traceDecoder {
				fmt.Println("recovered:", r)
			}
			n = -1
		}
	}()
	for i := 0; i < len(src); i += int(src[i+1]) {
		n += int(src[i])
	}
	return n
}

func okMustPanic(t testing.TB, f func()) {
	defer func() {
		if recover() == nil {
			t.Error("did not panic")
		}
	}()
	f()
}

// Says why.

func okComment(f func()) {
	defer func() {
		// The second call of f panics in the caller's goroutine.
		recover() // want `silenced\(comment\): `
	}()
	f()
}

func okCommentAbove(names map[any]int, key fmt.Stringer) (n int) {
	// A key that cannot be compared has no name.
	defer func() { recover() }() // want `silenced\(comment\): `
	return names[key.String()]
}

func okCommentOnError(s string) (err error) {
	defer func() {
		if r := recover(); r != nil { // want `silenced\(comment\): `
			// Better no description of the alert than no alert.
			err = fmt.Errorf("expanding %s: %v", s, r)
		}
	}()
	compute(len(s))
	return work()
}

func okCommentAboveLiteral(name fmt.Stringer) (text string) {
	// A name that cannot be told is left out.
	func() {
		defer func() { recover() }() // want `silenced\(comment\): `
		text = name.String()
	}()
	return text
}

func okCommentAboveCondition(names []fmt.Stringer, strict bool) (text string) {
	// What panics is malformed, and has no text.
	if !strict {
		defer func() {
			recover() // want `silenced\(comment\): `
		}()
	}
	for _, name := range names {
		text += name.String()
	}
	return text
}

//errvet:boundary
func okContract() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("plugin: %v", r)
		}
	}()
	compute(1)
	return work()
}

// Handlers.

func okMiddleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(v)
				}
				log.Printf("panic: %v\n%s", v, debug.Stack())
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func okPassesAll(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				slog.Error("panic", "value", v, "stack", debug.Stack())
				panic(v)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func okHandler(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if v := recover(); v != nil {
			log.Printf("panic: %v\n%s", v, debug.Stack())
			w.WriteHeader(http.StatusInternalServerError)
		}
	}()
	compute(len(r.URL.Path))
}

func okServer(inner http.Handler) {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil && v != http.ErrAbortHandler {
				log.Printf("panic: %v\n%s", v, debug.Stack())
			}
		}()
		inner.ServeHTTP(w, r)
	})
}

// Deferred by others, or in other ways.

func okFactory() func() {
	return func() {
		if r := recover(); r != nil {
			panic(r)
		}
		note("done", nil)
	}
}

func okHandedOn(run func(cleanup func())) {
	run(func() {
		if r := recover(); r != nil {
			logPanic(r)
		}
	})
}

func okDeferredVariable() {
	handle := func() {
		if r := recover(); r != nil {
			logPanic(r)
		}
	}
	defer handle()
	compute(1)
}

type server struct{}

type closer interface{ shutdown() }

func (s *server) shutdown() {
	if r := recover(); r != nil {
		logPanic(r)
	}
}

func okThroughInterface(c closer) {
	defer c.shutdown()
	compute(1)
}

func okCalledToo(s *server) { s.shutdown() }

func okDeferredInDeferred(cleanup func()) {
	defer func() {
		defer func() {
			if r := recover(); r != nil {
				logPanic(r)
			}
		}()
		cleanup()
	}()
	compute(1)
}

func okRewrite(x, y reflect.Value) {
	defer func() {
		if r := recover(); r != nil {
			if s, ok := r.(string); ok && strings.Contains(s, "type mismatch") {
				return
			}
			panic(r)
		}
	}()
	x.Set(y)
}

func okSetsResult(f func() []string) (path []string) {
	defer func() {
		// What f cannot find has no path.
		if r := recover(); r != nil { // want `silenced\(comment\): `
			path = nil
		}
	}()
	return f()
}

func okToldByClosure(f func() []string) []string {
	done := true
	defer func() {
		if r := recover(); r != nil {
			done = false
			panic(r)
		}
	}()
	path := f()
	if !done {
		return nil
	}
	return path
}

// Logged with the stack, or with the value by somebody else.

func okRecordWithStack(name string) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("recovered from a panic in %s:\n%s", name, debug.Stack())
		}
	}()
	compute(len(name))
}

func okRecordAndReport(name string, report func(any)) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("recovered from a panic in %s", name)
			report(r)
		}
	}()
	compute(len(name))
}

func okRecordAndKept(c *call, name string) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("recovered from a panic in %s", name)
			c.reason = r
		}
	}()
	compute(len(name))
}

func okRecordAndOn(name string) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("panic in %s", name)
			panic(r)
		}
	}()
	compute(len(name))
}

func okRecordThenExit(name string) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("panic in %s", name)
			os.Exit(2)
		}
	}()
	compute(len(name))
}

func okTestSwitch(f func(), verbose bool) (panicked bool) {
	defer func() {
		if verbose {
			log.Print("done")
		}
		panicked = recover() != nil
	}()
	f()
	return false
}

func okSwitchedStack(name string, debugging bool) {
	if !debugging {
		defer func() {
			if r := recover(); r != nil {
				log.Printf("%s: %v\n%s", name, r, debug.Stack())
			}
		}()
	}
	compute(len(name))
}

func okSwitchedOther(name string, debugging bool) {
	defer func() {
		if r := recover(); r != nil {
			if debugging {
				panic(r)
			}
			log.Printf("%s: %v\n%s", name, r, debug.Stack())
		}
	}()
	compute(len(name))
}

func okAlert(p *pager) {
	defer func() {
		if r := recover(); r != nil {
			p.alert(fmt.Sprintf("the nightly job crashed: %v\n%s", r, debug.Stack()))
		}
	}()
	compute(1)
}

func okStateBehindLog(p *pager) {
	defer func() {
		if r := recover(); r != nil {
			logPanic(r)
			p.alert("the nightly job crashed")
		}
	}()
	compute(1)
}
