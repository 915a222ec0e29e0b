package breaker

// Row returns the failures in a row, for tests that hold the count against the calls made.
func (b *Breaker) Row() int64 { return b.phase.Load().failures.Load() }

// WindowSum returns what the window holds.
func (b *Breaker) WindowSum() (calls, bad, slow int64) { return b.phase.Load().window.sum() }
