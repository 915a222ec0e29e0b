package fault

import (
	"encoding"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Bounds of one error's details in a log record: an error may hold a whole request, or point to itself.
const (
	maxDepth    = 5
	maxElements = 32
)

var errorType = reflect.TypeFor[error]()

// details returns the values that err carries, or false if there are none.
func details(err error) (slog.Value, bool) {
	if lv, ok := err.(slog.LogValuer); ok {
		return slog.AnyValue(lv), true
	}
	v := reflect.ValueOf(err)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return slog.Value{}, false
	}
	one, many := children(err)
	attrs := fields(nil, v, one != nil || many != nil, maxDepth)
	return slog.GroupValue(attrs...), len(attrs) > 0
}

// fields appends the exported fields of the struct v. Embedded structs without a tag are flattened, as
// encoding/json does, so that their fields are named alike in logs and in answers.
func fields(attrs []slog.Attr, v reflect.Value, unwraps bool, depth int) []slog.Attr {
	for f, fv := range v.Fields() {
		key, tagged := f.Tag.Lookup("log")
		if key == "-" {
			continue
		}
		if f.Anonymous && !tagged {
			inner := fv
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct && !logsItself(fv) && depth > 0 {
				attrs = fields(attrs, inner, unwraps, depth-1)
				continue
			}
		}
		if !f.IsExported() || unwraps && f.Type == errorType {
			continue
		}
		if key == "" {
			key = snakeCase(f.Name)
		}
		attrs = append(attrs, slog.Attr{Key: key, Value: logValue(fv, depth-1)})
	}
	return attrs
}

// logsItself reports whether v has a form of its own that a log should show instead of its fields.
func logsItself(v reflect.Value) bool {
	if !v.CanInterface() {
		return false
	}
	switch v.Interface().(type) {
	case slog.LogValuer, encoding.TextMarshaler, error, fmt.Stringer:
		return true
	}
	return false
}

// logValue turns v into a value without secrets: structs are taken apart here, at any depth, since a
// handler that marshals them to JSON would not know the log tags.
func logValue(v reflect.Value, depth int) slog.Value {
	if isNil(v) {
		return slog.AnyValue(nil)
	}
	if v.CanInterface() {
		switch x := v.Interface().(type) {
		case slog.LogValuer:
			return slog.AnyValue(x)
		case time.Time, time.Duration:
			return slog.AnyValue(x)
		case error:
			return slog.StringValue(x.Error())
		case encoding.TextMarshaler:
			text, err := x.MarshalText()
			if err != nil {
				return slog.StringValue("!ERROR: " + err.Error())
			}
			return slog.StringValue(string(text))
		case fmt.Stringer:
			return slog.StringValue(x.String())
		}
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return slog.StringValue(strconv.Itoa(v.Len()) + " bytes")
		}
	case reflect.Bool:
		return slog.BoolValue(v.Bool())
	case reflect.String:
		return slog.StringValue(v.String())
	case reflect.Float32, reflect.Float64:
		return slog.Float64Value(v.Float())
	}
	switch {
	case v.CanInt():
		return slog.Int64Value(v.Int())
	case v.CanUint():
		return slog.Uint64Value(v.Uint())
	case depth <= 0:
		return slog.StringValue("…")
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return logValue(v.Elem(), depth-1)
	case reflect.Struct:
		return slog.GroupValue(fields(nil, v, false, depth)...)
	case reflect.Slice, reflect.Array:
		return slog.AnyValue(list(v, depth))
	case reflect.Map:
		return slog.GroupValue(entries(v, depth)...)
	}
	return slog.StringValue(v.Type().String()) // functions, channels: nothing to show but that they are there
}

func isNil(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan:
		return v.IsNil()
	}
	return !v.IsValid()
}

func list(v reflect.Value, depth int) []any {
	n := min(v.Len(), maxElements)
	all := make([]any, 0, n+1)
	for i := range n {
		all = append(all, plain(logValue(v.Index(i), depth-1)))
	}
	if more := v.Len() - n; more > 0 {
		all = append(all, fmt.Sprintf("… %d more", more))
	}
	return all
}

// plain turns v into a value that encoding/json shows as slog would: a list's elements never reach the handler
// as slog values.
func plain(v slog.Value) any {
	v = v.Resolve()
	switch v.Kind() {
	case slog.KindDuration:
		return v.Duration().String()
	case slog.KindGroup:
		m := make(map[string]any, len(v.Group()))
		for _, a := range v.Group() {
			m[a.Key] = plain(a.Value)
		}
		return m
	}
	return v.Any()
}

func entries(v reflect.Value, depth int) []slog.Attr {
	attrs := make([]slog.Attr, 0, min(v.Len(), maxElements))
	for _, k := range sortedKeys(v) {
		if len(attrs) == maxElements {
			return append(attrs, slog.Int("…more", v.Len()-maxElements))
		}
		attrs = append(attrs, slog.Attr{Key: k.text, Value: logValue(v.MapIndex(k.key), depth-1)})
	}
	return attrs
}

// snakeCase turns a Go name into a log key: UserID is user_id, HTTPStatus http_status, UserIDs user_ids.
func snakeCase(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && startsWord(runes, i) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// startsWord reports whether the upper-case rune at i begins a word: after a small letter or digit, or as
// the last capital before a small one, except where that is the plural of an initialism.
func startsWord(runes []rune, i int) bool {
	switch prev := runes[i-1]; {
	case prev == '_':
		return false
	case !unicode.IsUpper(prev):
		return true
	}
	if i+1 == len(runes) || !unicode.IsLower(runes[i+1]) {
		return false
	}
	plural := runes[i+1] == 's' && (i+2 == len(runes) || !unicode.IsLower(runes[i+2]))
	return !plural
}
