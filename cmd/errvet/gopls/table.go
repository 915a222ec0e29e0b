package gopls

import (
	"fmt"
	"reflect"
	"unsafe"

	"golang.org/x/tools/go/analysis"
)

// An entry is what gopls is told of an analyzer.
type entry struct {
	analyzer *analysis.Analyzer
	fixAll   bool // its fixes may be applied unseen, by source.fixAll; quick fixes they are in any case
}

// Kinds of code actions, as in the Language Server Protocol.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll"
)

// add appends entries to the table, a *[]*T with T a struct of gopls' own that nobody else can make: its fields are
// not exported, so they are found by their names, which have been the same since v0.17.
func add(table any, entries []entry) error {
	v := reflect.ValueOf(table)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Slice ||
		v.Type().Elem().Elem().Kind() != reflect.Pointer || v.Type().Elem().Elem().Elem().Kind() != reflect.Struct {
		return fmt.Errorf("its table is a %T, want a pointer to a slice of pointers to structs", table)
	}
	slice := v.Elem()
	row := slice.Type().Elem().Elem()
	analyzer, ok := row.FieldByName("analyzer")
	if !ok || analyzer.Type != reflect.TypeFor[*analysis.Analyzer]() {
		return fmt.Errorf("the rows of its table, of type %s, have no field analyzer of type *analysis.Analyzer", row)
	}
	kinds, ok := row.FieldByName("actionKinds")
	if !ok || kinds.Type.Kind() != reflect.Slice || kinds.Type.Elem().Kind() != reflect.String {
		return fmt.Errorf("the rows of its table, of type %s, have no field actionKinds that is a list of strings", row)
	}
	for _, e := range entries {
		r := reflect.New(row)
		*(**analysis.Analyzer)(field(r, analyzer)) = e.analyzer
		list := []string{quickFix}
		if e.fixAll {
			list = append(list, fixAll)
		}
		values := reflect.MakeSlice(kinds.Type, len(list), len(list))
		for i, kind := range list {
			values.Index(i).SetString(kind)
		}
		reflect.NewAt(kinds.Type, field(r, kinds)).Elem().Set(values)
		slice.Set(reflect.Append(slice, r))
	}
	return nil
}

// field returns the address of a field of the struct that p points to.
func field(p reflect.Value, f reflect.StructField) unsafe.Pointer {
	return unsafe.Add(p.UnsafePointer(), f.Offset)
}
