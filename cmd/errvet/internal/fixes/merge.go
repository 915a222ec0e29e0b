// Package fixes puts the fixes of findings into files.
package fixes

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"slices"

	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
)

// Merge puts fixes, all of one file, into its source. A fix goes in as a whole or not at all: one that touches what an
// earlier one changes is left out, and its index is in left. The same text inserted twice at one place, as two fixes
// that need the same import do, goes in once.
//
// A source that was formatted is formatted again. The error says that the outcome is no Go; then nothing fits.
func Merge(src []byte, list []vetjson.Fix) (out []byte, left []int, err error) {
	var taken []vetjson.Edit
	for i, fix := range list {
		if fresh, ok := fits(src, taken, fix.Edits); ok {
			taken = append(taken, fresh...)
		} else {
			left = append(left, i)
		}
	}
	if len(taken) == 0 {
		return src, left, nil
	}
	// Insertions at one place keep the order of the fixes.
	slices.SortStableFunc(taken, func(a, b vetjson.Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var buf bytes.Buffer
	at := 0
	for _, e := range taken {
		buf.Write(src[at:e.Start])
		buf.WriteString(e.New)
		at = e.End
	}
	buf.Write(src[at:])

	formatted, err := format.Source(buf.Bytes())
	if err != nil {
		return nil, nil, fmt.Errorf("the fixes do not fit together: %w", err)
	}
	if was, err := format.Source(src); err != nil || !bytes.Equal(was, src) {
		return buf.Bytes(), left, nil // not ours to format
	}
	return formatted, left, nil
}

// fits returns the edits that are not taken already, and whether all can be made beside those that are.
func fits(src []byte, taken, edits []vetjson.Edit) (fresh []vetjson.Edit, ok bool) {
	for i, e := range edits {
		if e.Start < 0 || e.End < e.Start || e.End > len(src) {
			return nil, false
		}
		if e.Start == e.End && slices.Contains(taken, e) {
			continue
		}
		for _, t := range slices.Concat(taken, edits[:i]) {
			if overlap(e, t) {
				return nil, false
			}
		}
		fresh = append(fresh, e)
	}
	return fresh, true
}

// overlap reports whether two edits touch the same bytes, or one inserts inside what the other replaces. Edits that
// only meet do not overlap, nor do two insertions at one place.
func overlap(a, b vetjson.Edit) bool {
	return a.Start < b.End && b.Start < a.End
}
