// Package std infers facts about the standard library for the table that is
// committed in their place.
package std

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes/internal/known"
)

// platforms are those whose facts have to agree: a function that cannot fail
// on one system may well fail on another.
var platforms = []string{"linux", "windows", "darwin"}

// Lines gives the lines about every exported function and method that others
// can call, in the notation of the tables, sorted. Functions that only some
// platforms have are left out, and so is what does not hold on all; cgo is off.
func Lines() ([]string, error) {
	functions := map[string]int{} // number of platforms that have the function
	holds := map[string]int{}     // number of platforms on which the line holds
	of := map[string]string{}     // the line's function
	for _, platform := range platforms {
		found, err := infer(platform)
		if err != nil {
			return nil, fmt.Errorf("on %s: %w", platform, err)
		}
		for fn, lines := range found {
			functions[fn]++
			for _, l := range lines {
				holds[l]++
				of[l] = fn
			}
		}
	}
	var lines []string
	for l, n := range holds {
		if n == len(platforms) && functions[of[l]] == n {
			lines = append(lines, l+"  # "+because(l))
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// infer gives the lines about each function on one platform, none for those
// of which nothing is known.
func infer(platform string) (map[string][]string, error) {
	cfg := &packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Env:  append(os.Environ(), "GOOS="+platform, "GOARCH=amd64", "CGO_ENABLED=0", "GOWORK=off"),
	}
	pkgs, err := packages.Load(cfg, "std")
	if err != nil {
		return nil, fmt.Errorf("loading: %w", err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{known.Standard()}, pkgs, nil)
	if err != nil {
		return nil, fmt.Errorf("analysing: %w", err)
	}
	found := map[string][]string{}
	for _, action := range graph.Roots {
		if action.Err != nil {
			return nil, fmt.Errorf("%s: %w", action.Package.PkgPath, action.Err)
		}
		within := hidden(action.Package.PkgPath)
		x := action.Result.(*known.Index)
		for _, fn := range functions(action.Package) {
			s, _ := x.Inferred(fn)
			// Package os hands os.ErrInvalid out for nil receivers only.
			if told := slices.DeleteFunc(slices.Clone(s.Sentinels), func(name string) bool { return name == "os.ErrInvalid" }); len(told) < len(s.Sentinels) {
				s.Sentinels, s.Only = told, 0
			}
			lines := s.Lines(fn)
			if within {
				lines = slices.DeleteFunc(lines, func(l string) bool { return !silences(l) })
			}
			found[fn.FullName()] = lines
		}
	}
	return found, nil
}

// silences reports whether a line says that a failure cannot be, or what alone it can come from. Of packages that
// only the standard library imports, nothing else is worth a place in the table.
func silences(line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	return verb == "infallible" || verb == "through" || verb == "kind" && strings.HasSuffix(rest, " verdict")
}

// hidden reports whether users cannot import the package.
func hidden(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(e string) bool { return e == "internal" || e == "vendor" })
}

// functions gives the functions and methods of a package that code outside can
// call by name.
func functions(pkg *packages.Package) []*types.Func {
	var found []*types.Func
	for _, file := range pkg.Syntax {
		for _, decl := range file.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || !d.Name.IsExported() {
				continue
			}
			fn := pkg.TypesInfo.Defs[d.Name].(*types.Func)
			if recv := fn.Signature().Recv(); recv != nil && !receiverExported(recv.Type()) {
				continue
			}
			found = append(found, fn)
		}
	}
	return found
}

func receiverExported(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Exported()
}

// because says what the inference saw, by the line's first word.
func because(line string) string {
	verb, _, _ := strings.Cut(line, " ")
	return map[string]string{
		"infallible":   "inferred: every return gives a nil error",
		"fails":        "inferred: every return gives an error",
		"nil-on-error": "inferred: no return gives both",
		"follows":      "inferred: nil in, nil out",
		"guards":       "inferred: it does no more than recover",
		"status":       "inferred: it answers with it",
		"arg":          "inferred from its uses",
		"tells":        "inferred: it depends on that argument",
		"kind":         "inferred from what it calls",
		"sentinels":    "inferred: returned as they are",
		"only":         "inferred: it returns no others",
		"one-way":      "inferred: it makes one error",
		"wraps":        "inferred: handed out inside others",
		"through":      "inferred: nothing else in it fails",
		"noreturn":     "inferred: no path leads back",
		"takes-nil":    "inferred: it asks whether its receiver is nil first",
	}[verb]
}

// File lays the table out.
func File(version string, lines []string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# The standard library: inferred over the exported functions of %s by\n", version)
	b.WriteString("# go run ./passes/internal/known/gen. Do not edit: lines written by hand, in\n")
	b.WriteString("# std-hand.txt, win over these.\n")
	for _, l := range lines {
		b.WriteString(l)
		b.WriteByte('\n')
	}
	return b.Bytes()
}
