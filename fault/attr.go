package fault

import (
	"log/slog"
	"reflect"
	"unicode"
	"unicode/utf8"
)

// Attr returns err as the structured attribute "error", a group of
//
//   - type: the type of the first error in the tree that says what failed: wrappers (a type with Unwrap that is
//     unexported and has no exported field, as those of packages fmt, errors and fault, or that has a field
//     _ struct{} tagged `log:"-"`, as retry.Error) are passed over, and a bare [Code] counts only where
//     nothing else is found;
//   - message: the text of err;
//   - code: its code, if it has one;
//   - details: the exported fields of the error that type names, or what its LogValue method returns.
//
// Keys of details are in snake_case. A field tagged `log:"name"` gets that key, one tagged `log:"-"` is
// left out, at any depth: inside nested structs, slices and maps too. Values with a LogValue method are logged by it. Fields of
// type error are left out of an error that unwraps (the message has their text); []byte is logged as its length.
//
// The work is done when a handler asks for the value, so a disabled level costs one small allocation. A nil
// err gives the empty attribute, which handlers leave out.
func Attr(err error) slog.Attr {
	if err == nil {
		return slog.Attr{}
	}
	return slog.Any("error", attr{err})
}

// attr puts off the work of Attr until the record is written. slog recovers a panic of LogValue, so an
// error whose Error method panics does not take the program down.
type attr struct{ err error }

func (a attr) LogValue() slog.Value {
	told := telling(a.err)
	attrs := append(make([]slog.Attr, 0, 4),
		slog.String("type", typeName(told)),
		slog.String("message", a.err.Error()))
	if c := CodeOf(a.err); c != "" {
		attrs = append(attrs, slog.String("code", string(c)))
	}
	if v, ok := details(told); ok {
		attrs = append(attrs, slog.Attr{Key: "details", Value: v})
	}
	return slog.GroupValue(attrs...)
}

// telling returns the error of the tree that a reader of logs wants to know: the first that is neither a
// wrapper nor a bare Code, else the Code, else err itself.
func telling(err error) error {
	if found := firstKind(err, false); found != nil {
		return found
	}
	if found := firstKind(err, true); found != nil {
		return found
	}
	return err
}

func firstKind(err error, codes bool) error {
	for err != nil {
		_, code := err.(Code)
		if code == codes && !isWrapper(err) {
			return err
		}
		one, many := children(err)
		for _, e := range many {
			if found := firstKind(e, codes); found != nil {
				return found
			}
		}
		err = one
	}
	return nil
}

// isWrapper reports whether err's type only carries another error: it wraps, and it says so, or its name is of no
// use outside its package and it has nothing to show.
func isWrapper(err error) bool {
	if one, many := children(err); one == nil && len(many) == 0 {
		return false
	}
	if _, ok := err.(slog.LogValuer); ok {
		return false
	}
	t := reflect.TypeOf(err)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	first, _ := utf8.DecodeRuneInString(t.Name())
	nothing := !unicode.IsUpper(first)
	if t.Kind() == reflect.Struct {
		for f := range t.Fields() {
			if f.Name == "_" && f.Tag.Get("log") == "-" {
				return true
			}
			nothing = nothing && !f.IsExported()
		}
	}
	return nothing
}

// typeName is the type as Go source writes it, without the star: whether a type is used by pointer is
// no news to a reader of logs.
func typeName(err error) string {
	t := reflect.TypeOf(err)
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		t = t.Elem()
	}
	return t.String()
}
