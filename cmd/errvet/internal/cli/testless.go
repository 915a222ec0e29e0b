package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
)

// testless checks the packages again as if they had no test files. A package is vetted together with its tests, so one
// test that does not compile, as in the middle of a change of a signature, would keep errvet from the whole of it. What
// is the package's own fault is told as before; this run's messages would only say it again.
func (r *run) testless(ctx context.Context, cmd *vetrun.Command, unseen []*vetrun.Package) (err error) {
	var tested []*vetrun.Package
	absent := make(map[string]string) // what an overlay maps to "" is not there
	for _, pkg := range unseen {
		if len(pkg.GoFiles)+len(pkg.CgoFiles) == 0 {
			continue
		}
		for _, name := range append(pkg.TestGoFiles[:len(pkg.TestGoFiles):len(pkg.TestGoFiles)], pkg.XTestGoFiles...) {
			absent[filepath.Join(pkg.Dir, name)] = ""
		}
		if len(pkg.TestGoFiles)+len(pkg.XTestGoFiles) > 0 {
			tested = append(tested, pkg)
		}
	}
	// One overlay is all that go vet takes; where the environment gives one, the package without it is another.
	if len(tested) == 0 || strings.Contains(os.Getenv("GOFLAGS"), "-overlay") {
		return nil
	}
	dir, err := os.MkdirTemp("", "errvet-testless-")
	if err != nil {
		return fmt.Errorf("packages whose tests do not compile need a temporary directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	overlay, err := vetrun.Overlay(dir, absent)
	if err != nil {
		return fmt.Errorf("packages whose tests do not compile need a temporary directory: %w", err)
	}
	again := *cmd
	again.BuildFlags = append(cmd.BuildFlags[:len(cmd.BuildFlags):len(cmd.BuildFlags)], overlay)
	if _, err := r.vet(ctx, &again, paths(tested)); err != nil {
		return err
	}
	r.untested = make(map[string]string)
	for _, pkg := range tested {
		if r.set.Seen(pkg.ImportPath) {
			r.untested[pkg.ImportPath] = pkg.Dir
		}
	}
	return nil
}

// untestedAt returns the package, checked without its tests, to which a test file belongs that a line of the go command
// begins with.
func (r *run) untestedAt(line string) string {
	name, _, _ := strings.Cut(line, ":")
	if !strings.HasSuffix(name, "_test.go") {
		return ""
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.opts.dir, name)
	}
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	for pkg, dir := range r.untested {
		if dir == filepath.Dir(name) {
			return pkg
		}
	}
	return ""
}
