package swallowed

import (
	"errors"
	"fmt"
	"net"
	"os"
)

// What only the branch for success makes, and others need.

// keda: without its settings there is no connection, and the next statement uses it.
func badNeedsSuccess(secure bool) error {
	var conn net.Conn
	var err error
	if secure {
		addr, readErr := os.ReadFile("addr")
		if readErr == nil { // want `^only the success of os.ReadFile \(line \d+\) is dealt with, and what is nil after its failure is used on line 27$`
			conn, err = net.Dial("tcp", string(addr))
		}
	} else {
		conn, err = net.Dial("tcp", "localhost:80")
	}
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte("hello"))
	return err
}

func badNeedsSuccessFunc(path string) int {
	var size func() int
	if b, err := os.ReadFile(path); err == nil { // want `^only the success of os.ReadFile`
		size = func() int { return len(b) }
	}
	return size()
}

func badStrictSuccessAsksForNil(secure bool) error {
	var conn net.Conn
	if addr, err := os.ReadFile("addr"); err == nil && secure { // want `^strict: only the success of os.ReadFile .* leaves no trace$`
		conn, _ = net.Dial("tcp", string(addr))
	}
	if conn == nil {
		return nil
	}
	_, err := conn.Write([]byte("hello"))
	return err
}

func badStrictSuccessHasDefault(path string) int {
	size := func() int { return 0 }
	if b, err := os.ReadFile(path); err == nil { // want `^strict: only the success of os.ReadFile .* leaves no trace$`
		size = func() int { return len(b) }
	}
	return size()
}

func badStrictSuccessGivenBefore(path string) int {
	var size func() int
	size = func() int { return 0 }
	if b, err := os.ReadFile(path); err == nil { // want `^strict: only the success of os.ReadFile .* leaves no trace$`
		size = func() int { return len(b) }
	}
	return size()
}

func badStrictSuccessMadeBehind(path string) int {
	var size func() int
	if b, err := os.ReadFile(path); err == nil { // want `^strict: only the success of os.ReadFile .* leaves no trace$`
		size = func() int { return len(b) }
	}
	size = func() int { return 1 }
	return size()
}

func badStrictSuccessUsedInBranch(path string, ask bool) int {
	var size func() int
	if b, err := os.ReadFile(path); err == nil { // want `^strict: only the success of os.ReadFile .* leaves no trace$`
		size = func() int { return len(b) }
		ask = true
	}
	if ask {
		return size()
	}
	return 0
}

func badStrictSuccessHandedOut(path string) (size func() int) {
	var s func() int
	if b, err := os.ReadFile(path); err == nil { // want `^strict: only the success of os.ReadFile .* leaves no trace$`
		s = func() int { return len(b) }
	}
	return s
}

func okSuccessOrDefault(path string) int {
	var size func() int
	b, err := os.ReadFile(path)
	if err == nil {
		size = func() int { return len(b) }
	} else {
		size = func() int { return len(err.Error()) }
	}
	return size()
}

func okSuccessFailureReturned(path string) (int, error) {
	var size func() int
	b, err := os.ReadFile(path)
	if err == nil {
		size = func() int { return len(b) }
	}
	if err != nil {
		return 0, err
	}
	return size(), nil
}

func okSuccessTriedInTurn(paths []string) net.Addr {
	var conn net.Conn
	for _, p := range paths {
		c, err := net.Dial("unix", p)
		if err == nil {
			conn = c
			break
		}
	}
	return conn.LocalAddr()
}

func okSuccessFailureEnds(path string) int {
	var size func() int
	if b, err := os.ReadFile(path); err == nil {
		size = func() int { return len(b) }
	} else {
		panic(err)
	}
	return size()
}

func okSuccessFailureStored(path string, failures map[string]error) int {
	var size func() int
	b, err := os.ReadFile(path)
	if err == nil {
		size = func() int { return len(b) }
	}
	failures[path] = err
	return size()
}

func okSuccessFailureWrapped(path string) error {
	var conn net.Conn
	addr, err := os.ReadFile(path)
	if err == nil {
		conn, err = net.Dial("tcp", string(addr))
	}
	if err != nil {
		return &net.OpError{Op: "dial", Err: err}
	}
	_, err = conn.Write(nil)
	return err
}

func okSuccessPassedOn(path string, report func(error)) int {
	var size func() int
	b, err := os.ReadFile(path)
	if err == nil {
		size = func() int { return len(b) }
	}
	report(err)
	return size()
}

func okSuccessTurnedBack(path string) int {
	var size func() int
	b, err := os.ReadFile(path)
	if err == nil {
		size = func() int { return len(b) }
	}
	if err != nil {
		panic(err)
	}
	return size()
}

func okSuccessKept(path string) (n int, failed error) {
	var size func() int
	b, err := os.ReadFile(path)
	if err == nil {
		size = func() int { return len(b) }
	}
	return size(), err
}

// ollama: what decides is how things are after all.

func running() bool { _, err := os.Stat("pid"); return err == nil }

func badStrictGoneAnyway(name string) error {
	err := os.Remove(name)
	if err != nil && !running() {
		return nil // want `^strict: os.Remove failed`
	}
	return err
}

func badGoneByFlag(name string, quiet bool) error {
	err := os.Remove(name)
	if err != nil && quiet {
		return nil // want `os.Remove failed`
	}
	return err
}

func badStrictWarned(name string) error {
	if err := os.Truncate(name, 0); err != nil { // want `^strict: `
		fmt.Fprintf(os.Stderr, "Warning: could not truncate: %v\n", err)
	}
	return nil
}

// docker
func badStrictWarnedTo(stderr *os.File, name string) error {
	if err := os.Truncate(name, 0); err != nil { // want `^strict: `
		_, _ = fmt.Fprintln(stderr, "WARNING:", err)
	}
	return nil
}

func badPrintedNoWarning(name string) error {
	if err := os.Truncate(name, 0); err != nil { // want `the failure of os.Truncate`
		fmt.Fprintf(os.Stderr, "could not truncate: %v\n", err)
	}
	return nil
}

func okStillRunning(name string) error {
	err := os.Remove(name)
	if err != nil && running() {
		return err
	}
	return err
}

func okGoneOrNot(name string) bool {
	err := os.Remove(name)
	return err != nil && !running()
}

func okWarnedToAndReturned(stderr *os.File, name string) error {
	err := os.Truncate(name, 0)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "WARNING:", err)
	}
	return err
}

func okWarnedAndReturned(name string) error {
	if err := os.Truncate(name, 0); err != nil {
		fmt.Fprintf(os.Stderr, "Warning: could not truncate: %v\n", err)
		return err
	}
	return nil
}

func okRemovedAgain(name string) error {
	err := os.Remove(name)
	if err != nil && running() {
		err = os.Remove(name)
	}
	return err
}

func okGoneReturned(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func okWarnedAll(names []string) error {
	var all []error
	for _, name := range names {
		if err := os.Truncate(name, 0); err != nil {
			fmt.Fprintf(os.Stderr, "Warning: %v\n", err)
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

func okWarnedNothing(name string) error {
	fmt.Fprintln(os.Stderr, "Warning: removing", name)
	return os.Remove(name)
}

func okRunning(name string) error {
	if !running() {
		return nil
	}
	return os.Remove(name)
}
