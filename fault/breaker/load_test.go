package breaker_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
)

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// inParallel does op b.N times, shared by so many goroutines.
func inParallel(b *testing.B, goroutines int, op func(context.Context)) {
	var wg sync.WaitGroup
	for g := range goroutines {
		n := (b.N + g) / goroutines
		wg.Go(func() {
			ctx := context.Background()
			for range n {
				op(ctx)
			}
		})
	}
	wg.Wait()
}
