// Package ownlog is a copy of a log: what it writes goes to the terminal, and how it ends the program cannot be seen.
package ownlog

import (
	"fmt"
	"os"
)

var exit = os.Exit

// Errorf writes a line.
func Errorf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// Fatalf writes a line and ends the program.
func Fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	exit(255)
}
