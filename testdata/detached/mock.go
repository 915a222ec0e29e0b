package detached

import "testing"

// lnd: what stands in for others in tests hands their errors to the tests, which are files of their own.

type mockReporter struct{ reported chan error }

func newMockReporter(t *testing.T) *mockReporter {
	t.Helper()
	return &mockReporter{reported: make(chan error, 1)}
}

func (m *mockReporter) okReport(err error) {
	select {
	case m.reported <- err:
	default:
	}
}

var allReported = make(chan error, 8)

func okReportAll(errs ...error) {
	for _, err := range errs {
		allReported <- err
	}
}

// No other file knows of it.
func badLocalInMock(t *testing.T) {
	errc := make(chan error, 1)
	t.Cleanup(func() {
		errc <- work() // want `^nobody receives from errc`
	})
}
