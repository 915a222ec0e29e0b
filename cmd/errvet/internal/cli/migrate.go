package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/fixes"
	"github.com/errvet/errvet/cmd/errvet/internal/migrate"
	"github.com/errvet/errvet/cmd/errvet/internal/settings"
)

// golangciFiles are the names under which golangci-lint looks for its settings.
var golangciFiles = []string{".golangci.yml", ".golangci.yaml", ".golangci.toml", ".golangci.json"}

// migrate writes .errvet.yaml from what other linters were told: the named files, or golangci-lint's in the current
// directory.
func (p *program) migrate(_ context.Context, files []string) (int, error) {
	if len(files) == 0 {
		for _, name := range golangciFiles {
			if _, err := os.Stat(name); err == nil {
				files = append(files, name)
			}
		}
	}
	if len(files) == 0 {
		return exitFailed, errors.New("migrate finds no settings of golangci-lint here; name a file of them, or a list of functions for errcheck's -exclude")
	}
	if _, err := os.Stat(settings.File); err == nil {
		return exitFailed, errors.New(settings.File + " is there already; move it away, and join the two afterwards")
	}
	m := &migrate.Migration{
		HasRule:    func(name string) bool { _, ok := p.suite.rule(name); return ok },
		CheckKnown: p.checkKnown,
	}
	for _, name := range files {
		if err := m.File(name); err != nil {
			return exitFailed, err
		}
	}
	data, err := m.Settings.Encode()
	if err != nil {
		return exitFailed, err
	}
	from := make([]string, len(files))
	for i, name := range files {
		from[i] = filepath.Base(name)
	}
	data = append([]byte("# Taken over from "+strings.Join(from, ", ")+" by errvet migrate.\n"), data...)
	if err := fixes.Create(settings.File, data); err != nil {
		return exitFailed, fmt.Errorf("%s cannot be written: %w", settings.File, err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "errvet: %s written\n", settings.File)
	if len(m.Left) > 0 {
		b.WriteString("errvet: not carried over:\n")
		for _, s := range m.Left {
			fmt.Fprintf(&b, "  - %s\n", s)
		}
	}
	return exitClean, write(p.stderr, b.String())
}

// checkKnown reports what is wrong with a fact about a function.
func (p *program) checkKnown(fact string) error {
	for _, a := range p.suite.Analyzers {
		if f := a.Flags.Lookup("facts"); f != nil && a.Name+".facts" == knownFlag {
			before := f.Value.String()
			err := f.Value.Set(fact)
			return errors.Join(err, f.Value.Set(before)) // it was a trial
		}
	}
	return nil
}
