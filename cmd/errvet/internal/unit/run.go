package unit

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// A result is what one analyzer made of the unit.
type result struct {
	analyzer    *analysis.Analyzer
	value       any
	diagnostics []analysis.Diagnostic
	err         error // its own failure
	blocked     bool  // something it requires has failed; that one holds the error
}

// run executes the analyzers and what they require, one after the other: the go command already runs as many units at
// once as there are processors. The results come in the order of execution.
func run(cfg *Config, l *loaded, facts *factSet, analyzers []*analysis.Analyzer) []*result {
	var results []*result
	done := make(map[*analysis.Analyzer]*result)
	for _, a := range reach(analyzers) {
		r := &result{analyzer: a}
		inputs := make(map[*analysis.Analyzer]any, len(a.Requires))
		for _, req := range a.Requires {
			r.blocked = r.blocked || done[req].err != nil || done[req].blocked
			inputs[req] = done[req].value
		}
		if !r.blocked {
			r.execute(newPass(cfg, l, facts, r, inputs))
		}
		done[a] = r
		results = append(results, r)
	}
	return results
}

// execute runs the analyzer. A panic becomes its error, so that the findings of the others are not lost with it.
func (r *result) execute(pass *analysis.Pass) {
	defer func() {
		if v := recover(); v != nil {
			r.value, r.diagnostics = nil, nil
			r.err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	r.value, r.err = r.analyzer.Run(pass)
}

func newPass(cfg *Config, l *loaded, facts *factSet, r *result, inputs map[*analysis.Analyzer]any) *analysis.Pass {
	pass := &analysis.Pass{
		Analyzer:     r.analyzer,
		Fset:         l.fset,
		Files:        l.files,
		OtherFiles:   cfg.NonGoFiles,
		IgnoredFiles: cfg.IgnoredFiles,
		Pkg:          l.pkg,
		TypesInfo:    l.info,
		TypesSizes:   l.sizes,
		Module:       moduleOf(cfg),
		ResultOf:     inputs,
		Report:       func(d analysis.Diagnostic) { r.diagnostics = append(r.diagnostics, d) },
		ReadFile: func(name string) ([]byte, error) {
			if !slices.Contains(cfg.GoFiles, name) && !slices.Contains(cfg.NonGoFiles, name) && !slices.Contains(cfg.IgnoredFiles, name) {
				return nil, fmt.Errorf("%s is no file of %s", name, cfg.ImportPath)
			}
			return os.ReadFile(name)
		},
	}
	facts.bind(pass)
	return pass
}

// moduleOf returns the module as the go command describes it: as a whole from go1.27 on, by path and version before.
func moduleOf(cfg *Config) *analysis.Module {
	if cfg.Module != nil || cfg.ModulePath == "" {
		return cfg.Module
	}
	return &analysis.Module{Path: cfg.ModulePath, Version: cfg.ModuleVersion, GoVersion: cfg.GoVersion}
}
