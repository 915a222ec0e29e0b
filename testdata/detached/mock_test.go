package detached

import "testing"

func TestReport(t *testing.T) {
	m := newMockReporter(t)
	m.okReport(work())
	okReportAll(work())
	if err := <-m.reported; err != nil {
		t.Error(err)
	}
	t.Log(<-allReported)
}
