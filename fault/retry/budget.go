package retry

import "sync/atomic"

// A Budget bounds the load that retries add when much fails at once. Of R calls of Do that share it, at most Burst + Ratio·R tries are
// repetitions. It reads no clock, and a call that meets a full budget writes nothing. The zero value is full and of use; it must not
// be copied. Ratio and Burst must not be changed once it is in use.
type Budget struct {
	// Ratio is how much of a retry each call earns. Not set: 0.1.
	Ratio float64

	// Burst is how many retries a full budget holds. Not set: 10.
	Burst int

	spent atomic.Int64 // thousandths of a retry; 0 is full
}

const (
	retryCost    = 1000
	defaultRatio = 0.1
	defaultBurst = 10
	mostBurst    = 1 << 40
)

// earn enters one call.
func (b *Budget) earn() {
	gain := int64(defaultRatio * retryCost)
	if b.Ratio > 0 { // neither unset nor NaN
		gain = int64(min(b.Ratio, mostBurst) * retryCost)
	}
	for spent := b.spent.Load(); spent > 0; spent = b.spent.Load() {
		if b.spent.CompareAndSwap(spent, max(spent-gain, 0)) {
			return
		}
	}
}

// spend takes one retry from the budget, if there is one left.
func (b *Budget) spend() bool {
	burst := int64(defaultBurst)
	if b.Burst > 0 {
		burst = min(int64(b.Burst), mostBurst)
	}
	for {
		spent := b.spent.Load()
		if spent+retryCost > burst*retryCost {
			return false
		}
		if b.spent.CompareAndSwap(spent, spent+retryCost) {
			return true
		}
	}
}
