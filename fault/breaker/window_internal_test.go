package breaker

import (
	"os"
	"runtime"
	"sync"
	"testing"
	"time"
)

// TestWindowCountsEachCallOnce: while the window steps on under 64 goroutines, each call is in it once. The steps are made
// by hand, nine of them, so that no call may drop out.
func TestWindowCountsEachCallOnce(t *testing.T) {
	var end time.Time
	if text := os.Getenv("FAULT_LOAD"); text != "" {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatalf("FAULT_LOAD: %v", err)
		}
		end = time.Now().Add(d)
	}
	const workers, each = 64, 700
	for round := 0; round < 3 || time.Now().Before(end); round++ {
		w := newWindow(10000 * time.Hour)
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for i := range each {
					switch {
					case i%7 == 0:
						w.add(true, i%14 == 0)
					default:
						w.addGood()
					}
				}
			})
		}
		wg.Go(func() {
			for range buckets - 1 {
				w.advance()
				runtime.Gosched()
			}
		})
		wg.Wait()
		if calls, bad, slow := w.sum(); calls != workers*each || bad != workers*each/7 || slow != workers*each/14 {
			t.Fatalf("round %d: %d calls, %d bad, %d slow of %d, %d, %d made",
				round, calls, bad, slow, workers*each, workers*each/7, workers*each/14)
		}
		for range 2 * buckets {
			w.advance()
		}
		if calls, bad, slow := w.sum(); calls != 0 || bad != 0 || slow != 0 || w.stepped.Load() {
			t.Fatalf("after two spans: %d, %d, %d", calls, bad, slow)
		}
	}
}
