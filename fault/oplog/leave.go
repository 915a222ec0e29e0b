package oplog

import (
	"iter"
	"reflect"
	"runtime"
)

// exit is how the function that started an operation is being left.
type exit uint8

const (
	byReturn exit = iota
	byPanic
	byGoexit
)

// Deferred calls are made by these functions of package runtime, unless the function returns: then it makes them itself.
const (
	panicking = "runtime.gopanic"
	goexiting = "runtime.Goexit"
)

// left tells from the stack how the function is left, since recover says nothing about runtime.Goexit, nor
// about a panic to anyone but the deferred function itself. Between End and the function that called Start stands
// gopanic or Goexit, or neither. pc is the place where End was called.
func (o *Op) left() (how exit, pc uintptr) {
	// Nearly always End is called by the function that called Start. The runtime has one *Func for each function that
	// is not inlined, as those with a defer never are.
	var nearest [1]uintptr
	callers(2, nearest[:])
	if f := runtime.FuncForPC(nearest[0] - 1); f != nil && f == runtime.FuncForPC(o.starter[0]-1) {
		return byReturn, nearest[0]
	}

	var pcs [64]uintptr
	stack := pcs[:callers(2, pcs[:])]
	if len(stack) == 0 {
		return byReturn, 0
	}
	var starters []string
	for name := range functions(o.starter[:]) {
		starters = append(starters, name)
	}
	for name := range functions(stack) {
		switch name {
		case panicking:
			return byPanic, stack[0]
		case goexiting:
			return byGoexit, stack[0]
		}
		for _, starter := range starters {
			if name == starter {
				return byReturn, stack[0]
			}
		}
	}
	return byReturn, stack[0]
}

// repanic lets a recovered panic go on. Its frame stays on the stack until somebody recovers for good,
// and so tells them that the panic was logged.
func repanic(value any) {
	panic(value)
}

var repanicName = runtime.FuncForPC(reflect.ValueOf(repanic).Pointer()).Name()

// PanicLogged reports, in a deferred function, whether the panic that made it run was logged by an
// operation. The answer is the same before and after the function calls recover. It is for those who
// recover and log, as package boundary does: what was logged before goes to Debug.
func PanicLogged() bool {
	var pcs [64]uintptr
	stack := pcs[:callers(1, pcs[:])]
	found := false
	for name := range functions(stack) {
		if found {
			return name == repanicName
		}
		found = name == panicking
	}
	return false
}

// callers fills pcs with the callers of the function that called callers, without the skip innermost.
func callers(skip int, pcs []uintptr) int {
	return runtime.Callers(skip+2, pcs)
}

// functions yields the names of the functions at pcs, inlined ones too, from the innermost outward.
func functions(pcs []uintptr) iter.Seq[string] {
	return func(yield func(string) bool) {
		frames := runtime.CallersFrames(pcs)
		for {
			frame, more := frames.Next()
			if frame.Function != "" && !yield(frame.Function) || !more {
				return
			}
		}
	}
}
