package main

import (
	"fmt"
	"go/token"
	"io"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// load loads the packages that patterns name, dependencies first and a batch
// at a time, and hands each to r.
func load(o options, patterns []string, r *run, progress io.Writer) error {
	config := packages.Config{Dir: o.dir, Tests: o.tests}
	if o.tags != "" {
		config.BuildFlags = []string{"-tags=" + o.tags}
	}
	if o.full {
		config.Mode, config.Fset = packages.LoadAllSyntax|packages.NeedModule, token.NewFileSet()
		pkgs, err := packages.Load(&config, patterns...)
		if err != nil {
			return fmt.Errorf("loading %s: %w", strings.Join(patterns, " "), err)
		}
		roots := chosen(pkgs)
		packages.Visit(pkgs, nil, func(pkg *packages.Package) {
			r.analyse(pkg, slices.Contains(roots, pkg))
		})
		return nil
	}
	config.Mode = packages.NeedName | packages.NeedImports | packages.NeedFiles | packages.NeedDeps
	config.Tests = false
	listed, err := packages.Load(&config, patterns...)
	if err != nil {
		return fmt.Errorf("listing %s: %w", strings.Join(patterns, " "), err)
	}
	var paths []string
	packages.Visit(listed, nil, func(pkg *packages.Package) {
		if slices.Contains(listed, pkg) && (len(pkg.GoFiles) > 0 || o.tests) {
			paths = append(paths, pkg.PkgPath)
		}
	})
	config.Mode, config.Tests = packages.LoadSyntax|packages.NeedModule, o.tests
	done := 0
	for batch := range slices.Chunk(paths, o.batch) {
		config.Fset = token.NewFileSet()
		pkgs, err := packages.Load(&config, batch...)
		if err != nil {
			return fmt.Errorf("loading %d packages from %s on: %w", len(batch), batch[0], err)
		}
		roots := chosen(pkgs)
		packages.Visit(roots, nil, func(pkg *packages.Package) {
			if slices.Contains(roots, pkg) {
				r.analyse(pkg, true)
			}
		})
		if done += len(batch); done < len(paths) {
			fmt.Fprintf(progress, "corpus: %d of %d packages\n", done, len(paths))
		}
	}
	return nil
}

// chosen drops what would show a file twice: the plain form of a package whose
// test form holds the same files and more, and the generated test mains.
func chosen(pkgs []*packages.Package) []*packages.Package {
	tested := make(map[string]bool)
	for _, pkg := range pkgs {
		if base, _, ok := strings.Cut(pkg.ID, " ["); ok {
			tested[base] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(pkgs), func(pkg *packages.Package) bool {
		return strings.HasSuffix(pkg.ID, ".test") || pkg.ID == pkg.PkgPath && tested[pkg.ID]
	})
}
