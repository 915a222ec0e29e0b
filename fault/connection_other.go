//go:build !unix && !wasip1 && !js && !windows

package fault

// isConnectionLost knows nothing where the system has no error numbers: there a client marks such errors itself.
func isConnectionLost(error) bool { return false }
