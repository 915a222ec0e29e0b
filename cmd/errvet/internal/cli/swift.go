package cli

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/unit"
	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
)

// swift checks the packages without asking go list what the patterns name, which would cost a sixth of what the whole
// of a repeated run does. It can where the patterns are directories: the tool names the directory of each unit, so it
// is enough to know which directories hold Go files. It reports false where that is not the whole story: if go vet is
// not content with every package, or a directory has no unit that go list knows of. Then nothing has been done but
// what go keeps in its cache.
func (r *run) swift(ctx context.Context, cmd *vetrun.Command) (bool, error) {
	dirs, ok := directories(r.opts.dir, r.opts.root, r.opts.patterns)
	if !ok {
		return false, nil
	}
	type answer struct {
		unit      string
		analyzers map[string]json.RawMessage
	}
	var answers []answer
	progress := r.progress(cmd, len(dirs))
	stop := progress.Watch()
	messages, err := cmd.Vet(ctx, r.opts.patterns, func(name string, analyzers map[string]json.RawMessage) error {
		answers = append(answers, answer{name, analyzers})
		if dir := finding.DirOf(analyzers); dirs[dir] != "" && !strings.Contains(name, "_test") {
			progress.Done()
		}
		return nil
	})
	stop()
	progress.Clear()
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	if err != nil || len(messages) > 0 {
		return false, nil // the long way finds words for it
	}
	paths := make(map[string]string) // by directory
	for _, a := range answers {
		dir := finding.DirOf(a.analyzers)
		name, _, _ := strings.Cut(a.unit, " ")
		if base, isTest := strings.CutSuffix(name, "_test"); isTest {
			if dirs[dir] != onlyTests {
				continue
			}
			name = base
		}
		if dirs[dir] != "" {
			paths[dir] = name
		}
	}
	if ok, err := r.excluded(ctx, cmd, dirs, paths); !ok || err != nil {
		return false, err
	}
	r.set.Wanted = make(map[string]bool)
	for _, path := range paths {
		r.packages = append(r.packages, &vetrun.Package{ImportPath: path})
		r.set.Wanted[path] = true
	}
	for _, a := range answers {
		if _, err := r.set.Add(a.unit, a.analyzers); err != nil {
			return false, err
		}
	}
	r.addFailures()
	return true, nil
}

// excluded reports whether the directories without a unit have no file that is built here, as go list tells.
func (r *run) excluded(ctx context.Context, cmd *vetrun.Command, dirs, paths map[string]string) (bool, error) {
	var rest []string
	for dir := range dirs {
		if paths[dir] == "" {
			rest = append(rest, dir)
		}
	}
	if len(rest) == len(dirs) {
		return false, nil
	}
	if len(rest) == 0 {
		return true, nil
	}
	list, err := cmd.List(ctx, false, rest)
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	if err != nil {
		return false, nil // see swift
	}
	for _, pkg := range list {
		if pkg.Error == nil || !strings.Contains(pkg.Error.Err, "build constraints exclude all Go files") {
			return false, nil
		}
	}
	return true, nil
}

// What a directory holds.
const (
	someCode  = "code"
	onlyTests = "tests"
)

// directories returns the directories with Go files that patterns name, and what they hold. It reports false for
// patterns and trees whose meaning only go list knows.
func directories(dir, root string, patterns []string) (map[string]string, bool) {
	found := make(map[string]string)
	for _, pattern := range patterns {
		name, deep := strings.CutSuffix(filepath.ToSlash(pattern), "/...")
		if name != "." && !strings.HasPrefix(name, "./") || strings.Contains(name, "...") || special(filepath.Base(name)) {
			return nil, false
		}
		if !walk(filepath.Join(dir, filepath.FromSlash(name)), root, deep, found) {
			return nil, false
		}
	}
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, false
	}
	mod, err := modfile.ParseLax("go.mod", data, nil)
	return found, err == nil && len(mod.Ignore) == 0
}

// special reports whether patterns pass over directories of a name.
func special(name string) bool {
	return name == "testdata" || name != "." && (name[0] == '.' || name[0] == '_')
}

// walk notes a directory, and if deep is set those below it that belong to the same module.
func walk(dir, root string, deep bool, found map[string]string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	var below []string
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir():
			if deep && !special(name) {
				below = append(below, filepath.Join(dir, name))
			}
		case strings.HasSuffix(name, "_test.go") && !special(name):
			if found[dir] == "" {
				found[dir] = onlyTests
			}
		case strings.HasSuffix(name, ".go") && !special(name):
			found[dir] = someCode
		}
	}
	for _, sub := range below {
		if filepath.Base(sub) == "vendor" {
			if filepath.Dir(sub) != root && holdsGo(sub) {
				return false // what go makes of it depends on more than its place
			}
			continue
		}
		if _, err := os.Stat(filepath.Join(sub, "go.mod")); err == nil {
			continue // another module
		}
		if !walk(sub, root, true, found) {
			return false
		}
	}
	return true
}

// holdsGo reports whether there are Go files below a directory.
func holdsGo(dir string) bool {
	found := false
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".go") {
			found = true
			return fs.SkipAll
		}
		return err
	})
	return found || err != nil
}

// nameUnits is the flag that has the tool name the directory of each unit.
const nameUnits = "-" + unit.DirFlag
