// Package cgo holds files that come to the compiler as output of cgo.
package cgo

// static int answer(void) { return 42; }
import "C"

func lose() error { return nil }

func badCgo() int {
	lose() // want `^lose is lost`
	return int(C.answer())
}

func okCgo() {
	// The answer never depends on it.
	lose() // want `silenced\(comment\): lose is lost`
}

func okCgoTrailing() {
	lose() //errvet:ignore dropped it is logged by the callee // want `silenced\(ignore\): lose is lost`
}

func badCgoAfter() {
	_ = C.answer() // this concerns the answer
	lose()         // want `^lose is lost`
}
