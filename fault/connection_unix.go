//go:build unix || wasip1 || js

package fault

import "syscall"

// isConnectionLost reports whether err is the system's word for a peer that cannot be reached or has gone away.
func isConnectionLost(err error) bool {
	switch err {
	case syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE,
		syscall.EHOSTUNREACH, syscall.ENETUNREACH:
		return true
	}
	return false
}
