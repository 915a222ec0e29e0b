package cli

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/settings"
	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
	"github.com/errvet/errvet/cmd/internal/nearest"
	"github.com/errvet/errvet/passes"
)

// noSettings is the value of -config that has no file read.
const noSettings = "none"

// applySettings takes over what the settings file says, except where flags were given.
func (p *program) applySettings(opts *options, fs *flag.FlagSet, given map[string]bool) error {
	opts.root = vetrun.ModuleRoot(opts.dir)
	if opts.root == "" {
		opts.root = opts.dir
	}
	var s settings.Settings
	var err error
	file := filepath.Join(opts.root, settings.File)
	switch opts.settings {
	case noSettings:
		return nil
	case "":
		s, err = settings.Find(opts.root)
	default:
		if file, err = filepath.Abs(opts.settings); err != nil {
			return fmt.Errorf("-config: %w", err)
		}
		opts.root = filepath.Dir(file)
		s, err = settings.Read(file)
	}
	if err != nil {
		return err
	}
	if !given["strict"] {
		opts.strict = s.Strict
	}
	if !given["tests"] {
		opts.tests = s.Tests
	}
	if s.Fixes != "" && !given["fixes"] {
		opts.fixes = s.Fixes
	}
	if s.Baseline != "" && !given["baseline"] && opts.writeBaseline == "" {
		opts.baseline = filepath.Join(opts.root, s.Baseline)
	}
	for _, path := range s.Paths {
		rule := finding.PathRule{Path: path.Path, Exclude: path.Exclude, Strict: path.Strict}
		if given["strict"] {
			rule.Strict = nil
		}
		opts.paths = append(opts.paths, rule)
	}
	if err := p.applyRules(opts, s.Rules); err != nil {
		return fmt.Errorf("%s: rules: %w", filepath.Base(file), err)
	}
	if err := p.applyTool(fs, s, given); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	return nil
}

// applyRules takes over which rules are off, unless flags say otherwise.
func (p *program) applyRules(opts *options, words map[string]bool) error {
	for _, word := range slices.Sorted(maps.Keys(words)) {
		if !slices.Contains(p.ruleWords(), word) {
			return p.noSuchRule(word)
		}
	}
	rules, err := passes.Switches(p.suite.Rules, words)
	if err != nil {
		return err
	}
	for name, on := range rules {
		if _, set := opts.rules[name]; !set && !on {
			opts.rules[name] = false
		}
	}
	return nil
}

// ruleWords returns the names of the rules and of their groups: what switches rules.
func (p *program) ruleWords() []string { return passes.Words(p.suite.Rules) }

// applyTool takes over what changes the findings themselves. It travels in flags, which the go command makes part of
// what it caches results under.
func (p *program) applyTool(fs *flag.FlagSet, s settings.Settings, given map[string]bool) error {
	flags := maps.Clone(s.Flags)
	if flags == nil {
		flags = make(map[string]string)
	}
	if len(s.Known) > 0 {
		if flags[knownFlag] != "" {
			return errors.New("known and flags both set " + knownFlag + "; keep known")
		}
		flags[knownFlag] = strings.Join(s.Known, ";")
	}
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		if !strings.Contains(name, ".") || fs.Lookup(name) == nil {
			return p.noSuchSetting(name)
		}
		if given[name] {
			continue
		}
		if err := fs.Set(name, flags[name]); err != nil {
			key := "flags: " + name
			if name == knownFlag {
				key = "known"
			}
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

// knownFlag carries facts about functions to the tool.
const knownFlag = "known.facts"

func (p *program) noSuchSetting(name string) error {
	names := p.forwarded()
	if near, ok := nearest.Of(name, names); ok {
		return fmt.Errorf("flags: no flag is called %s; did you mean %s?", name, near)
	}
	return fmt.Errorf("flags: no flag is called %s; there are %s", name, strings.Join(names, ", "))
}
