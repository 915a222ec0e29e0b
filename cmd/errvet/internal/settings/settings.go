// Package settings reads and writes .errvet.yaml, which holds what a module wants of errvet.
package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/errvet/errvet/cmd/internal/nearest"
)

// File is the name of the settings file, at the root of a module or workspace.
const File = ".errvet.yaml"

// Settings are what a file may hold. The keys strict, tests, rules, known, fixes and flags mean what they mean to the
// golangci-lint plugin.
type Settings struct {
	// Strict adds the strict tier.
	Strict bool `yaml:"strict,omitempty"`
	// Tests adds findings in test files.
	Tests bool `yaml:"tests,omitempty"`
	// Rules switches rules off; those it does not name are on.
	Rules map[string]bool `yaml:"rules,omitempty"`
	// Known holds facts about functions that win over errvet's own.
	Known []string `yaml:"known,omitempty"`
	// Fixes says what the text of fixes may use: auto, std or fault.
	Fixes string `yaml:"fixes,omitempty"`
	// Flags holds settings of single rules, the key being RULE.FLAG.
	Flags map[string]string `yaml:"flags,omitempty"`
	// Paths changes what counts below paths; the last that matches wins.
	Paths []Path `yaml:"paths,omitempty"`
	// Baseline names a file of findings to keep quiet about, relative to the settings file.
	Baseline string `yaml:"baseline,omitempty"`
}

// A Path changes what counts below a path.
type Path struct {
	// Path is relative to the settings file: a file, a directory, or with /... behind it all below.
	Path string `yaml:"path"`
	// Exclude keeps quiet about it.
	Exclude bool `yaml:"exclude,omitempty"`
	// Strict sets the tier there; without it the tier stays.
	Strict *bool `yaml:"strict,omitempty"`
}

// Find reads the settings of the directory root. Without a file they are empty.
func Find(root string) (Settings, error) {
	s, err := Read(filepath.Join(root, File))
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	return s, err
}

// Read reads a file. Keys that mean nothing are errors.
func Read(name string) (Settings, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return Settings{}, fmt.Errorf("the settings cannot be read: %w", err)
	}
	var s Settings
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return Settings{}, explain(name, err)
	}
	for i, p := range s.Paths {
		if p.Path == "" || filepath.IsAbs(p.Path) || strings.Contains(p.Path, "..") && !strings.HasSuffix(p.Path, "...") {
			return Settings{}, fmt.Errorf("%s: paths entry %d: path is %q; name a file or directory below the settings file, like internal/gen/...", filepath.Base(name), i+1, p.Path)
		}
	}
	return s, nil
}

// explain words an error of the decoder as one line with its place.
func explain(name string, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	tok := at.GetToken()
	place := fmt.Sprintf("%s:%d:%d", filepath.Base(name), tok.Position.Line, tok.Position.Column)
	var unknown *yaml.UnknownFieldError
	if !errors.As(err, &unknown) {
		return fmt.Errorf("%s: %s", place, at.GetMessage())
	}
	keys := keysOf(reflect.TypeFor[Settings]())
	if tok.Position.Column > 1 {
		keys = keysOf(reflect.TypeFor[Path]())
	}
	if near, ok := nearest.Of(tok.Value, keys); ok {
		return fmt.Errorf("%s: no setting is called %s; did you mean %s?", place, tok.Value, near)
	}
	return fmt.Errorf("%s: no setting is called %s; there are %s", place, tok.Value, strings.Join(keys, ", "))
}

func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		keys = append(keys, key)
	}
	return keys
}

// Encode writes settings as a file holds them.
func (s Settings) Encode() ([]byte, error) {
	data, err := yaml.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encoding the settings: %w", err)
	}
	return data, nil
}
