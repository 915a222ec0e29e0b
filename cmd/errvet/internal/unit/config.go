package unit

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// A Config describes one unit, as the go command writes it.
type Config = unitchecker.Config

// readConfig reads the description of a unit.
func readConfig(filename string) (*Config, error) {
	data, err := os.ReadFile(filename)
	if err != nil {
		return nil, fmt.Errorf("reading the unit's description: %w", err)
	}
	cfg := new(Config)
	if err := json.Unmarshal(data, cfg); err != nil {
		return nil, fmt.Errorf("%s is no description of a unit: %w", filename, err)
	}
	if len(cfg.GoFiles) == 0 {
		return nil, fmt.Errorf("%s: package %s has no Go files", filename, cfg.ImportPath)
	}
	return cfg, nil
}

// A mode says how much of a unit is analysed.
type mode int

const (
	nothing   mode = iota // write an empty fact file
	factsOnly             // run the analyzers that bear facts
	full                  // run everything
)

// modeOf decides it. fixing says that the run writes fixes: then nothing but what was asked for may run in full, for
// without an archive to write to, fixes of a dependency would go straight into its source files.
func modeOf(cfg *Config, fixing, everyUnit bool) mode {
	switch {
	case !cfg.VetxOnly:
		return full
	case !fixing && (everyUnit || inMainModule(cfg) && !hasTestVariant(cfg)):
		return full
	case inStd(cfg):
		return nothing
	default:
		return factsOnly
	}
}

// inMainModule reports whether the unit belongs to the main module or one of the workspace. Where there are no modules
// (GOPATH mode), everything outside the standard library counts.
func inMainModule(cfg *Config) bool {
	switch {
	case inStd(cfg):
		return false
	case cfg.Module != nil:
		return cfg.Module.Version == ""
	default:
		return cfg.ModuleVersion == ""
	}
}

// hasTestVariant reports whether the package has test files of its own, whatever the build tags. Asked for findings of
// such a package the go command runs another unit, which has those files, too; so this one never answers for it, and
// go vet would print its findings twice.
//
// That ends when the last test file goes: the unit's key stays the same, and its cached result holds no findings. The
// front end notices, since units that ran in full are named in the output.
func hasTestVariant(cfg *Config) bool {
	entries, err := os.ReadDir(cfg.Dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		if match, err := build.Default.MatchFile(cfg.Dir, e.Name()); err != nil || !match {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(cfg.Dir, e.Name()), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err == nil && !strings.HasSuffix(f.Name.Name, "_test") && !constrained(f) {
			return true
		}
	}
	return false
}

// constrained reports whether a file has a build constraint. The tool does not learn of the tags of this build.
func constrained(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if constraint.IsGoBuild(c.Text) || constraint.IsPlusBuild(c.Text) {
				return true
			}
		}
	}
	return false
}

// inStd reports whether the unit belongs to the standard library. The go command tells that of a unit's imports only,
// so the directory decides; GOROOT is set for every tool that the go command starts. The commands of the Go
// distribution are ordinary packages here: their facts count for each other.
func inStd(cfg *Config) bool {
	if cfg.Module != nil && cfg.Module.Path != "" || cfg.ModulePath != "" {
		return false
	}
	goroot := os.Getenv("GOROOT")
	if goroot == "" {
		return false
	}
	rel, err := filepath.Rel(filepath.Join(goroot, "src"), cfg.Dir)
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return first != ".." && first != "cmd"
}
