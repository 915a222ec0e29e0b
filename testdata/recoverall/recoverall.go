// Package recoverall holds what the rule flags (bad…) and, at least twice as
// often, what it must not (ok…).
package recoverall

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
)

func work() error      { return nil }
func compute(int) int  { return 0 }
func note(string, any) {}

var errSyntax = errors.New("syntax error")

type bailout struct{ err error }

// Thrown away.

func badBlank() {
	defer func() {
		_ = recover() // want `takes every panic of badBlank and throws it away`
	}()
	note("sent", 1)
}

func badCloseAndMore(ch chan int) {
	defer func() { recover() }() // want `throws it away`
	note("closing", ch)
	close(ch)
}

func badOnlyAsked() (n int) {
	defer func() {
		if r := recover(); r != nil { // want `strict: recover turns every panic of badOnlyAsked into the same answer`
			n = -1
		}
	}()
	return compute(1)
}

func badSameError(s string) (n int, err error) {
	defer func() {
		if recover() != nil { // want `strict: recover turns every panic of badSameError into the same error`
			err = errSyntax
		}
	}()
	n = compute(len(s))
	return n, work()
}

func badPromise(ch chan<- int) {
	defer func() {
		// TODO: find out why this panics
		recover() // want `throws it away`
	}()
	ch <- compute(1)
}

func badDeferredInDeferred() {
	defer func() {
		defer recover() // want `throws it away`
	}()
	compute(1)
}

// Kinds not asked for.

func badOneKind() (err error) {
	defer func() {
		if b, ok := recover().(bailout); ok { // want `those not asked for vanish`
			err = b.err
		}
	}()
	compute(1)
	return work()
}

func badSwitch() (err error) {
	defer func() {
		switch b := recover().(type) { // want `those not asked for vanish`
		case nil:
		case bailout:
			err = b.err
		}
	}()
	compute(1)
	return work()
}

// No stack.

func badPrinted() {
	defer func() {
		if r := recover(); r != nil { // want `^the panic of badPrinted is logged without its stack`
			fmt.Fprintln(os.Stderr, "exit handler failed:", r)
		}
	}()
	compute(1)
}

func badFormatted() {
	defer func() {
		if r := recover(); r != nil { // want `logged without its stack`
			text := fmt.Sprintf("panic: %v", r)
			log.Print(text)
		}
	}()
	compute(1)
}

// ollama: what a caller handed in must not end what calls it.
func badCallback(progress func(int), n int) {
	defer func() {
		if r := recover(); r != nil { // want `^strict: the panic of badCallback is logged without its stack`
			log.Print("progress: ", r)
		}
	}()
	progress(n)
}

func badHook(hook interface{ Fire(string) }, text string) {
	defer func() {
		if r := recover(); r != nil { // want `^strict: the panic of badHook is logged without its stack`
			log.Printf("hook %T: %v", hook, r)
		}
	}()
	hook.Fire(text)
}

// Above a goroutine or a handler nobody else tells where it was.
func badCallbackOfGoroutine(job func()) {
	go func() {
		defer func() {
			if r := recover(); r != nil { // want `^the panic of .* is logged without its stack`
				log.Print("job: ", r)
			}
		}()
		job()
	}()
}

func okCallbackOfGoroutine(job func()) {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				log.Printf("job: %v\n%s", r, debug.Stack())
			}
		}()
		job()
	}()
}

func okHookAgain(hook interface{ Fire(string) }, text string) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("hook %T: %v", hook, r)
			panic(r)
		}
	}()
	hook.Fire(text)
}

func okCallback(progress func(int), n int) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("progress: %v\n%s", r, debug.Stack())
		}
	}()
	progress(n)
}

func badHelper() {
	if r := recover(); r != nil { // want `the panic of the functions that defer this is logged without its stack`
		log.Printf("panic: %v", r)
	}
}

func okDefersHelper()     { defer badHelper(); compute(1) }
func okDefersHelperToo()  { defer badHelper(); compute(2) }
func okDefersHelperLast() { defer badHelper(); compute(3) }

// Ordinary errors.

func badAsError() (err error) {
	defer func() {
		if e, ok := recover().(error); ok { // want `becomes an ordinary error`
			err = e
		}
	}()
	compute(1)
	return work()
}

func badThroughPointer() (err error) {
	defer func(errp *error) {
		if r := recover(); r != nil { // want `becomes an ordinary error`
			*errp = errors.New(fmt.Sprint(r))
		}
	}(&err)
	compute(1)
	return work()
}

func badGuard(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil { // want `strict: every panic of badGuard`
			err = fmt.Errorf("callback: %v", r)
		}
	}()
	return fn()
}

// badPromised parses s. A panic of the parser is returned as an error.
func badPromised(s string) (err error) {
	defer func() {
		if r := recover(); r != nil { // want `strict: every panic of badPromised`
			err = fmt.Errorf("parsing %s: %v", s, r)
		}
	}()
	compute(len(s))
	return work()
}

// Lost.

func badShadow(n int) (err error) {
	if n > 0 {
		err := work()
		defer func() {
			if r := recover(); r != nil { // want `put into err, and is lost`
				err = fmt.Errorf("panic: %v", r)
			}
		}()
		compute(n)
		return err
	}
	return nil
}

func badReturned() error {
	defer func() error {
		if r := recover(); r != nil { // want `put into the result of the deferred function`
			return fmt.Errorf("panic: %v", r)
		}
		return nil
	}()
	compute(1)
	return work()
}

func badValueLocal() error {
	var reason any
	defer func() {
		reason = recover() // want `put into reason, and is lost`
	}()
	compute(1)
	if reason != nil {
		return errSyntax
	}
	return work()
}

// Never.

func badArgument() {
	defer log.Println(recover()) // want `a defer statement evaluates its arguments at once`
	compute(1)
}

func badInnerLiteral() {
	defer func() {
		func() {
			if r := recover(); r != nil { // want `called where it stands, not deferred`
				log.Printf("panic: %v\n%s", r, debug.Stack())
			}
		}()
	}()
	compute(1)
}

func badGoroutine() {
	go func() {
		if r := recover(); r != nil { // want `started by the go statement is not deferred`
			log.Printf("panic: %v\n%s", r, debug.Stack())
		}
		compute(1)
	}()
}

func badGone() {
	defer func() {
		go recover() // want `a go statement calls it`
	}()
	compute(1)
}

func badOnce(once *sync.Once) {
	defer once.Do(func() {
		recover() // want `called by the deferred function, not deferred itself`
	})
	compute(1)
}

func badNested() {
	if r := recover(); r != nil { // want `badNested is called on line \d+, and deferred nowhere`
		log.Printf("panic: %v\n%s", r, debug.Stack())
	}
}

func okOuter() { badNested() }

func okDefersOuter() { defer okOuter(); compute(1) }

func badVariable() {
	handle := func() {
		if r := recover(); r != nil { // want `handle is called on line \d+`
			log.Printf("panic: %v\n%s", r, debug.Stack())
		}
	}
	handle()
	compute(1)
}

// OkRecover is for others to defer.
func OkRecover() {
	if r := recover(); r != nil {
		log.Printf("panic: %v\n%s", r, debug.Stack())
	}
}

func badCallsHelper() {
	defer func() {
		OkRecover() // want `OkRecover recovers only where it is deferred itself`
	}()
	compute(1)
}

// Middleware.

func badMiddleware(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `takes http.ErrAbortHandler too`
				log.Printf("panic: %v\n%s", v, debug.Stack())
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next(w, r)
	}
}

// jaeger: what the closure sets is no result, so that nil, nil is returned.
func badVain(f func() []string) ([]string, error) {
	var path []string
	// Find the path.
	defer func() {
		if r := recover(); r != nil { // want `ends in path, which is no result: the function returns as if it were done`
			path = nil
		}
	}()
	path = f()
	return path, nil
}

// coredns: why the server stays alive is written down, and the log does not hold why it nearly died.
func badNoValue(name string) {
	defer func() {
		// We must stay alive for the other requests, whatever happens.
		if r := recover(); r != nil { // want `what is told of the panic of badNoValue does not hold its value`
			log.Printf("recovered from a panic in %s", name)
		}
	}()
	compute(len(name))
}

// A switch decides.

func badSwitchedOff(name string, debugging bool) (err error) {
	if !debugging {
		defer func() {
			if r := recover(); r != nil { // want `strict: every panic of badSwitchedOff`
				err = fmt.Errorf("%s: %v", name, r)
			}
		}()
	}
	compute(len(name))
	return work()
}

func badLeavesFirst(name string, debugging bool) {
	defer func() {
		if debugging {
			return
		}
		recover() // want `strict: recover takes every panic of badLeavesFirst and throws it away`
	}()
	compute(len(name))
}

// Somebody may learn of it.

func badActs(fail func(string)) {
	defer func() {
		if recover() != nil { // want `strict: recover turns every panic of badActs into the same answer`
			fail("the hook panicked")
		}
	}()
	compute(1)
}

type pager struct{ n int }

func (p *pager) alert(text string) { p.n++ }

func badAlert(p *pager) {
	defer func() {
		if r := recover(); r != nil { // want `what is told of the panic of badAlert does not hold its value`
			p.alert("the nightly job crashed")
		}
	}()
	compute(1)
}
