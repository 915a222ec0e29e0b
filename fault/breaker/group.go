package breaker

import (
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"time"
)

// A Group holds a breaker per key: a host, a tenant, a shard. Breakers are made when first asked for, and forgotten when they
// have not been asked for in a while, so that keys that come and go do not add up. One that is not closed, or that has
// failures in a row on its count, is never forgotten. Make a Group by [NewGroup]; it is safe for concurrent use.
type Group[K comparable] struct {
	config  Config
	idle    time.Duration
	base    time.Time
	entries sync.Map // K to *entry
	mu      sync.Mutex
	sweepAt time.Duration // on the clock of base; under mu
}

// entry is a breaker and whether it is in use. A dead one is no longer in the map: whoever still finds it looks again.
type entry struct {
	breaker *Breaker
	use     atomic.Uint32
}

const (
	unused uint32 = iota // since the last sweep
	used
	dead
)

// claim marks the entry as used, unless it is dead. One that is in use already is not written to.
func (e *entry) claim() bool {
	for {
		switch e.use.Load() {
		case used:
			return true
		case dead:
			return false
		}
		if e.use.CompareAndSwap(unused, used) {
			return true
		}
	}
}

// defaultIdle is the idle time of a group for which none is set.
const defaultIdle = 10 * time.Minute

// NewGroup returns a Group whose breakers have config; to its Name the key is added ("api/eu-1"). A breaker that is not
// asked for in idle, or at most twice that time, may be forgotten; let idle be longer than the longest call, whose result would count in
// a forgotten breaker. An idle of zero or less is ten minutes.
func NewGroup[K comparable](config Config, idle time.Duration) *Group[K] {
	idle = positive(idle, defaultIdle)
	return &Group[K]{config: config, idle: idle, base: time.Now(), sweepAt: idle}
}

// Get returns the breaker of key. Ask each time, do not keep it. For a key that is known it takes no lock and reads no clock;
// with a key of an interface type that holds no comparable value it panics, as a map does.
func (g *Group[K]) Get(key K) *Breaker {
	for {
		v, ok := g.entries.Load(key)
		if !ok {
			g.sweep()
			v, _ = g.entries.LoadOrStore(key, g.entry(key))
		}
		e := v.(*entry)
		if e.claim() {
			return e.breaker
		}
		g.entries.CompareAndDelete(key, e)
	}
}

// All returns the keys and breakers of the group, in no order: for metrics, or to isolate all of them.
func (g *Group[K]) All() iter.Seq2[K, *Breaker] {
	return func(yield func(K, *Breaker) bool) {
		g.entries.Range(func(key, v any) bool {
			return yield(key.(K), v.(*entry).breaker)
		})
	}
}

func (g *Group[K]) entry(key K) *entry {
	config := g.config
	config.Name = fmt.Sprint(key)
	if g.config.Name != "" {
		config.Name = g.config.Name + "/" + config.Name
	}
	return &entry{breaker: New(config)}
}

// sweep forgets what was not used since the sweep before, if it is time for one. It is called where the group grows,
// which is where it matters, and needs no goroutine.
func (g *Group[K]) sweep() {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Since(g.base)
	if now < g.sweepAt {
		return
	}
	g.sweepAt = later(now, g.idle)
	g.entries.Range(func(key, v any) bool {
		e := v.(*entry)
		if e.use.CompareAndSwap(used, unused) {
			return true
		}
		if e.breaker.retire(&e.use) {
			g.entries.CompareAndDelete(key, e)
		}
		return true
	})
}

// retire marks the breaker dead if there is nothing in it to remember. The lock keeps it from opening in between.
func (b *Breaker) retire(use *atomic.Uint32) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.phase.Load()
	return p.state == Closed && p.failures.Load() == 0 && use.CompareAndSwap(unused, dead)
}
