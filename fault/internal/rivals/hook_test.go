package rivals_test

import (
	"bytes"
	"context"
	"runtime"
	"testing"
	"time"
)

// TestHookReadsTheBreaker is not in a bubble: a goroutine that waits for a lock it holds itself is not durably
// blocked. What is waited for is one of two facts, the call's end or its goroutine at the lock; no clock decides.
func TestHookReadsTheBreaker(t *testing.T) {
	for name, want := range map[string]string{"fault": "works", "gobreaker": "deadlock", "failsafe-go": "works"} {
		s := subjects[name](func(look func()) { look() })
		ended := make(chan struct{})
		go hooked(s, ended)
		if got := endOrLock(t, ended); got != want {
			t.Errorf("%s: %s, recorded is %s", name, got, want)
		}
	}
}

// hooked opens the breaker. Its name is looked for in the stacks.
func hooked(s *subject, ended chan<- struct{}) {
	for range 3 {
		_ = s.call(context.Background(), func(context.Context) error { return errDown })
	}
	close(ended)
}

func endOrLock(t *testing.T, ended <-chan struct{}) string {
	t.Helper()
	for {
		select {
		case <-ended:
			return "works"
		case <-time.After(5 * time.Millisecond):
		}
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		for stack := range bytes.SplitSeq(stacks, []byte("\n\n")) {
			if bytes.Contains(stack, []byte("rivals_test.hooked(")) && bytes.Contains(stack, []byte("[sync.Mutex.Lock")) {
				return "deadlock"
			}
		}
	}
}
