package oplog

import (
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"time"
)

// log writes one record and reports whether the handler has taken it.
func (o *Op) log(level slog.Level, what string, pc uintptr, own ...slog.Attr) bool {
	handler := o.config.Logger.Handler()
	if !handler.Enabled(o.ctx, level) {
		return false
	}
	// Not by way of the Logger's methods: those would name this line as the source.
	r := slog.NewRecord(time.Now(), level, o.name+" "+what, pc)
	r.AddAttrs(o.attributes(own)...)
	return handler.Handle(o.ctx, r) == nil
}

// attributes returns those of all layers, from the outermost inward, and own, which are of this record only.
func (o *Op) attributes(own []slog.Attr) []slog.Attr {
	if o.outer != nil {
		own = append(slices.Clip(own), slog.String("within", o.outer.path()))
	}
	var few [4]layer
	layers := append(few[:0], layer{attrs: own})
	total := len(own)
	for op := o; op != nil; op = op.outer {
		op.mu.Lock()
		layers = append(layers, layer{op, op.attrs}) // Add appends and changes nothing that is there
		op.mu.Unlock()
	}
	for _, l := range layers[1:] {
		total += len(l.attrs)
	}
	slices.Reverse(layers)

	all := make([]slog.Attr, 0, total)
	for i, l := range layers {
		var displaced []any
		for j, a := range l.attrs {
			switch by, taken := owner(a, layers[i+1:]); {
			case a.Key == "": // an inlined group, or nothing: there is no key to share
				all = append(all, a)
			case hasKey(l.attrs[j+1:], a.Key): // given anew by Add
			case !taken:
				all = append(all, a)
			case !sameValue(by, a.Value):
				displaced = append(displaced, a)
			}
		}
		if displaced != nil {
			all = append(all, slog.Group(l.op.path(), displaced...))
		}
	}
	return all
}

type layer struct {
	op    *Op // nil: the record itself
	attrs []slog.Attr
}

// owner returns the value that the innermost of the layers gives to the key of a.
func owner(a slog.Attr, inner []layer) (v slog.Value, found bool) {
	for i := len(inner) - 1; i >= 0; i-- {
		attrs := inner[i].attrs
		for j := len(attrs) - 1; j >= 0; j-- {
			if attrs[j].Key == a.Key {
				return attrs[j].Value, true
			}
		}
	}
	return slog.Value{}, false
}

func hasKey(attrs []slog.Attr, key string) bool {
	for i := range attrs {
		if attrs[i].Key == key {
			return true
		}
	}
	return false
}

// path names the operation and those around it, outermost first.
func (o *Op) path() string {
	if o.outer == nil {
		return o.name
	}
	var names []string
	for op := o; op != nil; op = op.outer {
		names = append(names, op.name)
	}
	slices.Reverse(names)
	return strings.Join(names, "/")
}

// sameValue is Value.Equal without its panic on values that cannot be compared: those count as different.
func sameValue(a, b slog.Value) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	switch a.Kind() {
	case slog.KindGroup:
		return slices.EqualFunc(a.Group(), b.Group(), func(a, b slog.Attr) bool {
			return a.Key == b.Key && sameValue(a.Value, b.Value)
		})
	case slog.KindAny, slog.KindLogValuer:
		return reflect.ValueOf(a.Any()).Comparable() && reflect.ValueOf(b.Any()).Comparable() && a.Equal(b)
	}
	return a.Equal(b)
}
