package fault

import (
	"reflect"
	"slices"
	"strings"
)

// mapKey is a key of a map with the text under which it is logged.
type mapKey struct {
	key  reflect.Value
	text string
}

// sortedKeys returns the keys of the map v in the order of their texts: a log line should not change from
// one run to the next.
func sortedKeys(v reflect.Value) []mapKey {
	keys := make([]mapKey, 0, v.Len())
	for _, k := range v.MapKeys() {
		keys = append(keys, mapKey{k, logValue(k, 1).Resolve().String()})
	}
	slices.SortFunc(keys, func(a, b mapKey) int { return strings.Compare(a.text, b.text) })
	return keys
}
