// Package cputime measures benchmarks by the processor time of the whole process. On a machine that others
// use too, the time on the wall says more about them than about the code.
package cputime

import (
	"testing"
	"time"
)

// Measure runs body and reports its user and system time per operation as cpu-ns/op, which is what to compare. Where the
// system does not tell, nothing is reported.
func Measure(b *testing.B, body func()) {
	b.Helper()
	b.ReportAllocs()
	before, ok := now()
	body()
	after, _ := now()
	if ok {
		b.ReportMetric(float64(after-before)/float64(time.Nanosecond)/float64(b.N), "cpu-ns/op")
	}
}
