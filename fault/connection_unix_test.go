//go:build unix

package fault_test

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/errvet/errvet/fault"
)

func TestLostConnections(t *testing.T) {
	for _, number := range []syscall.Errno{syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ECONNABORTED,
		syscall.EPIPE, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.ETIMEDOUT} {
		err := fmt.Errorf("query: %w", &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", number)})
		if !fault.IsTransient(err) {
			t.Errorf("%v is not transient", err)
		}
	}
	for _, number := range []syscall.Errno{syscall.ENOENT, syscall.EACCES, syscall.EINVAL} {
		if fault.IsTransient(&os.PathError{Op: "open", Path: "x", Err: number}) {
			t.Errorf("%v is transient", number)
		}
	}
}

// A port on which nobody listens: the error as package net really gives it.
func TestConnectionRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", address)
	if err == nil {
		_ = c.Close()
		t.Skip("somebody else has taken the port")
	}
	if !fault.IsTransient(err) {
		t.Errorf("%v is not transient", err)
	}
}
