package fault

import "syscall"

// Winsock's numbers that package syscall has no name for.
const (
	wsaeNetUnreach  syscall.Errno = 10051
	wsaeConnRefused syscall.Errno = 10061
	wsaeHostUnreach syscall.Errno = 10065
)

// isConnectionLost reports whether err is the system's word for a peer that cannot be reached or has gone away.
func isConnectionLost(err error) bool {
	switch err {
	case wsaeConnRefused, syscall.WSAECONNRESET, syscall.WSAECONNABORTED, syscall.ERROR_BROKEN_PIPE,
		wsaeHostUnreach, wsaeNetUnreach:
		return true
	}
	return false
}
