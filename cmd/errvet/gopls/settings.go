package gopls

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/settings"
	"github.com/errvet/errvet/cmd/internal/nearest"
	"github.com/errvet/errvet/passes"
)

// Env is the environment variable that names a settings file, or none.
const Env = "ERRVET_CONFIG"

// noSettings is the value of Env that has no file read.
const noSettings = "none"

// A source is the settings that gopls runs with, and where they are from.
type source struct {
	settings.Settings
	root string // that paths are relative to
	err  error  // why they are the defaults, if they should not be
}

// find reads the file that named is the name of, or else the nearest in dir or above.
func find(dir, named string) source {
	file := named
	switch {
	case named == noSettings:
		return source{}
	case named == "":
		if file = above(dir); file == "" {
			return source{}
		}
	case !filepath.IsAbs(named):
		file = filepath.Join(dir, named)
	}
	read, err := settings.Read(file)
	s := source{Settings: read, root: filepath.Dir(file)}
	if err == nil {
		err = s.check(filepath.Base(file))
	}
	if err != nil {
		return source{err: err}
	}
	return s
}

// above returns the nearest settings file in dir or above; empty if there is none.
func above(dir string) string {
	for {
		file := filepath.Join(dir, settings.File)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}

// check finds names that mean nothing.
func (s source) check(file string) error {
	for _, word := range slices.Sorted(maps.Keys(s.Rules)) {
		if words := passes.Words(passes.Rules); !slices.Contains(words, word) {
			return fmt.Errorf("%s: rules: %w", file, nearest.None("rule", word, words))
		}
	}
	if _, err := passes.New(s.suite()); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// suite returns the settings of the analyzers. Where any path has the strict tier they report it, and what is not
// wanted elsewhere is left out afterwards.
func (s source) suite() passes.Settings {
	out := passes.Settings{Strict: s.Strict, Tests: s.Tests, Rules: s.Rules, Known: s.Known, Fixes: s.Fixes, Flags: maps.Clone(s.Flags)}
	if out.Flags == nil {
		out.Flags = make(map[string]string)
	}
	for _, p := range s.Paths {
		out.Strict = out.Strict || p.Strict != nil && *p.Strict
	}
	out.Flags["errvet.review-fixes"] = "true" // the editor shows them before it applies them
	return out
}

// wants reports whether a finding is one that the settings want, as far as the analyzers have not seen to it.
func (s source) wants(file string, c passes.Category) bool {
	var rules []finding.PathRule
	for _, p := range s.Paths {
		rules = append(rules, finding.PathRule{Path: p.Path, Exclude: p.Exclude, Strict: p.Strict})
	}
	excluded, strict := finding.At(s.root, rules, file, s.Strict)
	return !excluded && (strict || c.Tier != passes.Strict)
}

// mark is a suffix for the name of an analyzer, the same for the same settings only. There is none for the defaults.
func (s source) mark() (string, error) {
	data, err := json.Marshal(s.Settings)
	if err != nil {
		return "", fmt.Errorf("errvet: encoding the settings: %w", err)
	}
	defaults, err := json.Marshal(settings.Settings{})
	if err != nil {
		return "", fmt.Errorf("errvet: encoding the settings: %w", err)
	}
	if s.err != nil {
		data = []byte(s.err.Error())
	} else if string(data) == string(defaults) {
		return "", nil
	}
	sum := sha256.Sum256(append(data, s.root...))
	return "_" + hex.EncodeToString(sum[:6]), nil
}
