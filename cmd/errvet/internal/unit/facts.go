package unit

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// A factSet holds the facts that a unit knows: those of everything it imports, directly or not, and its own.
// It is safe for concurrent use.
type factSet struct {
	pkg *types.Package

	mu sync.Mutex
	m  map[factKey]analysis.Fact
}

// A factKey names a fact; obj is nil for facts about packages.
type factKey struct {
	pkg *types.Package
	obj types.Object
	typ reflect.Type
}

// An encodedFact is a fact as it stands in a file. Object is empty for facts about packages.
type encodedFact struct {
	Package string
	Object  objectpath.Path
	Fact    analysis.Fact
}

// registerFacts tells gob of every fact type in reach, whether its analyzer runs or not: files may hold them all.
func registerFacts(analyzers []*analysis.Analyzer) {
	for _, a := range reach(analyzers) {
		for _, f := range a.FactTypes {
			gob.Register(f)
		}
	}
}

// decodeFacts collects the facts that the direct imports of pkg left. packages holds every package that the type
// checker met. Facts about objects that pkg has no way to reach are passed over.
func decodeFacts(pkg *types.Package, packages map[string]*types.Package, read func(path string) ([]byte, error)) (*factSet, error) {
	set := &factSet{pkg: pkg, m: make(map[factKey]analysis.Fact)}
	imports := slices.SortedFunc(slices.Values(pkg.Imports()), func(a, b *types.Package) int { return cmp.Compare(a.Path(), b.Path()) })
	type name struct {
		pkg string
		obj objectpath.Path
		typ reflect.Type
	}
	seen := make(map[name]bool) // most facts come by several ways
	for _, imp := range imports {
		data, err := read(imp.Path())
		if err != nil {
			return nil, err
		}
		if len(data) == 0 {
			continue
		}
		var list []encodedFact
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&list); err != nil {
			return nil, fmt.Errorf("decoding facts of %s: %w", imp.Path(), err)
		}
		for _, f := range list {
			n := name{f.Package, f.Object, reflect.TypeOf(f.Fact)}
			about := packages[f.Package]
			if seen[n] || about == nil {
				continue
			}
			seen[n] = true
			key := factKey{pkg: about, typ: n.typ}
			if f.Object != "" {
				key.obj, err = objectpath.Object(about, f.Object)
				if err != nil {
					continue // not part of what export data told of the package
				}
			}
			set.m[key] = f.Fact
		}
	}
	return set, nil
}

// encode returns all facts that an importer may ask for, in one order for one set. Facts of the imports go along, for
// an importer may meet their objects without importing their packages.
func (s *factSet) encode() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []encodedFact
	paths := new(objectpath.Encoder)
	for key, fact := range s.m {
		f := encodedFact{Package: key.pkg.Path(), Fact: fact}
		if key.obj != nil {
			path, err := paths.For(key.obj)
			if err != nil {
				continue // no importer can reach it
			}
			f.Object = path
		}
		list = append(list, f)
	}
	if len(list) == 0 {
		return nil, nil
	}
	slices.SortFunc(list, func(a, b encodedFact) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Object, b.Object),
			cmp.Compare(reflect.TypeOf(a.Fact).String(), reflect.TypeOf(b.Fact).String()))
	})
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(list); err != nil {
		return nil, fmt.Errorf("encoding facts of %s: %w", s.pkg.Path(), err)
	}
	return buf.Bytes(), nil
}

func (s *factSet) get(key factKey, ptr analysis.Fact) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	fact, ok := s.m[key]
	if ok {
		reflect.ValueOf(ptr).Elem().Set(reflect.ValueOf(fact).Elem())
	}
	return ok
}

func (s *factSet) set(key factKey, fact analysis.Fact) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[key] = fact
}

// bind gives pass its part of the set: the facts of its analyzer's types.
func (s *factSet) bind(pass *analysis.Pass) {
	ours := make(map[reflect.Type]bool)
	for _, f := range pass.Analyzer.FactTypes {
		ours[reflect.TypeOf(f)] = true
	}
	pass.ImportObjectFact = func(obj types.Object, ptr analysis.Fact) bool {
		if neverReturns(obj, ptr) {
			return true
		}
		return s.get(factKey{obj.Pkg(), obj, reflect.TypeOf(ptr)}, ptr)
	}
	pass.ExportObjectFact = func(obj types.Object, fact analysis.Fact) {
		if obj.Pkg() != s.pkg {
			panic(fmt.Sprintf("%s exports a fact about %s, which is not in %s", pass.Analyzer, obj, s.pkg.Path()))
		}
		s.set(factKey{obj.Pkg(), obj, reflect.TypeOf(fact)}, fact)
	}
	pass.ImportPackageFact = func(pkg *types.Package, ptr analysis.Fact) bool {
		return s.get(factKey{pkg: pkg, typ: reflect.TypeOf(ptr)}, ptr)
	}
	pass.ExportPackageFact = func(fact analysis.Fact) {
		s.set(factKey{pkg: s.pkg, typ: reflect.TypeOf(fact)}, fact)
	}
	pass.AllObjectFacts = func() []analysis.ObjectFact {
		s.mu.Lock()
		defer s.mu.Unlock()
		var list []analysis.ObjectFact
		for key, fact := range s.m {
			if key.obj != nil && ours[key.typ] {
				list = append(list, analysis.ObjectFact{Object: key.obj, Fact: fact})
			}
		}
		return list
	}
	pass.AllPackageFacts = func() []analysis.PackageFact {
		s.mu.Lock()
		defer s.mu.Unlock()
		var list []analysis.PackageFact
		for key, fact := range s.m {
			if key.obj == nil && ours[key.typ] {
				list = append(list, analysis.PackageFact{Package: key.pkg, Fact: fact})
			}
		}
		return list
	}
}
