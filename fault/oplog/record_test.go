package oplog_test

import (
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"

	"github.com/errvet/errvet/fault/oplog"
)

// Whatever layers are stacked: no key comes twice, the innermost value has it, and no value that another hides is missing.
func TestAnyLayers(t *testing.T) {
	for seed := range uint64(500) {
		random := rand.New(rand.NewPCG(seed, 0))
		j, logger := newJournal()
		ctx := t.Context()
		var op *oplog.Op
		var given []map[string]float64 // what each layer said last, outermost first
		for depth := range 1 + random.IntN(5) {
			said := map[string]float64{}
			attrs := func() (attrs []slog.Attr) {
				for range random.IntN(4) {
					key, value := fmt.Sprint("k", random.IntN(4)), random.IntN(3)
					attrs = append(attrs, slog.Int(key, value))
					said[key] = float64(value)
				}
				return attrs
			}
			op = oplog.Start(ctx, logger, fmt.Sprint("op", depth), attrs()...)
			op.Add(attrs()...)
			ctx = op.Context()
			given = append(given, said)
		}
		err := errors.New("boom")
		op.End(&err)

		r := j.last(t) // fails on a key that comes twice
		path, within := "", ""
		for depth, said := range given {
			within, path = path, path+fmt.Sprint("/op", depth)
			group, _ := r[path[1:]].(map[string]any)
			for key, value := range said {
				hidden := false
				for _, inner := range given[depth+1:] {
					v, found := inner[key]
					hidden = hidden || found && v != value
				}
				switch {
				case hidden && group[key] != value && r[key] != value, !hidden && r[key] != value:
					t.Fatalf("seed %d: %s of layer %d is not %v in %v", seed, key, depth, value, r)
				}
			}
		}
		if within != "" && r["within"] != within[1:] {
			t.Fatalf("seed %d: within %v, want %s", seed, r["within"], within[1:])
		}
	}
}
