package detached

import (
	"errors"
	"testing"
)

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

// What leaves first ends the test, with the failure that made it leave.
func badStopInTime(stop func() error, late <-chan struct{}) error {
	errc := make(chan error)
	go func() {
		errc <- stop() // want `^strict: once the function leaves on line \d+, nobody receives from errc`
	}()
	select {
	case err := <-errc:
		return err
	case <-late:
		return errors.New("timed out")
	}
}

func okStopAndWait(stop func() error) error {
	errc := make(chan error, 1)
	go func() { errc <- stop() }()
	return <-errc
}

func okStopAtOnce(stop func() error) error { return stop() }
