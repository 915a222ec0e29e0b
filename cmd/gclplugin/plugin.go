// Package gclplugin is errvet as a linter of golangci-lint: a module plugin, which "golangci-lint custom" builds in.
//
// The name of the linter is errvet. Its settings are those of .errvet.yaml as far as they are about findings; which
// files and which old findings count is golangci-lint's own business (linters.exclusions, issues.new-from-rev), and so
// is //nolint. The file .golangci.example.yml at the root of the repository names every setting.
package gclplugin

import (
	"maps"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes"
)

// Name is what the linter is called in golangci-lint's configuration, and so in //nolint.
const Name = "errvet"

func init() { register.Plugin(Name, New) }

// New is the plugin's constructor. Its error names the setting that is wrong.
func New(raw any) (register.LinterPlugin, error) {
	s, err := decode(raw)
	if err != nil {
		return nil, err
	}
	p := &plugin{settings: s}
	if _, err := p.BuildAnalyzers(); err != nil { // say what is wrong before anything is loaded
		return nil, err
	}
	return p, nil
}

type plugin struct{ settings passes.Settings }

// BuildAnalyzers returns analyzers that share nothing with those of another call.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	s := p.settings
	s.Flags = maps.Clone(s.Flags)
	if s.Flags == nil {
		s.Flags = make(map[string]string)
	}
	for name, f := range fixed {
		s.Flags[name] = f.value
	}
	return passes.New(s)
}

// GetLoadMode asks for types: nothing can be said of errors without them.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
