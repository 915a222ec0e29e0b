// Package since finds out which lines have changed since a revision, by asking git.
package since

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
)

// Changes are the lines that a working tree has and a revision has not.
type Changes struct {
	files map[string][]lines // by absolute path; nil means the whole file
}

type lines struct{ first, last int }

// Read compares the working tree around dir with a revision. Files that git does not know count as new unless it
// ignores them.
func Read(ctx context.Context, dir, rev string) (*Changes, error) {
	if strings.HasPrefix(rev, "-") {
		return nil, fmt.Errorf("%q is no revision", rev)
	}
	root, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, fmt.Errorf("-since needs a git repository: %w", err)
	}
	top := strings.TrimSpace(root)
	if _, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}"); err != nil {
		// With --quiet git has nothing to say but this.
		return nil, fmt.Errorf("git knows no revision %s here; fetch it, or name another with -since", rev)
	}
	diff, err := git(ctx, top, "-c", "core.quotePath=false", "diff", "--no-ext-diff", "--no-color", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/", "--unified=0", rev, "--")
	if err != nil {
		return nil, fmt.Errorf("asking git what changed since %s: %w", rev, err)
	}
	parsed, _, err := gitdiff.Parse(strings.NewReader(diff))
	if err != nil {
		return nil, fmt.Errorf("reading git's diff since %s: %w", rev, err)
	}
	c := &Changes{files: make(map[string][]lines)}
	for _, f := range parsed {
		if f.IsDelete {
			continue
		}
		name := filepath.Join(top, filepath.FromSlash(f.NewName))
		for _, hunk := range f.TextFragments {
			if hunk.NewLines > 0 {
				c.files[name] = append(c.files[name], lines{int(hunk.NewPosition), int(hunk.NewPosition + hunk.NewLines - 1)})
			}
		}
	}
	unknown, err := git(ctx, top, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, fmt.Errorf("asking git for new files: %w", err)
	}
	for name := range strings.SplitSeq(unknown, "\x00") {
		if name != "" {
			c.files[filepath.Join(top, filepath.FromSlash(name))] = nil
		}
	}
	return c, nil
}

// Touch reports whether the finding or a step of its error's way is on a changed line: a change may well lose an error
// in a line that it leaves as it was.
func (c *Changes) Touch(f *finding.Finding) bool {
	if c.touch(f.Pos, f.End) {
		return true
	}
	for _, s := range f.Steps {
		if c.touch(s.Pos, s.Pos) {
			return true
		}
	}
	return false
}

func (c *Changes) touch(from, to finding.Position) bool {
	ranges, ok := c.files[resolve(from.File)]
	if !ok {
		return false
	}
	if ranges == nil {
		return true
	}
	last := max(from.Line, to.Line)
	for _, r := range ranges {
		if from.Line <= r.last && r.first <= last {
			return true
		}
	}
	return false
}

// resolve follows symbolic links, as git does to tell where its tree is.
func resolve(name string) string {
	if dir, err := filepath.EvalSymlinks(filepath.Dir(name)); err == nil {
		return filepath.Join(dir, filepath.Base(name))
	}
	return name
}

func git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return "", errors.New("the command git is not on PATH; install it")
		}
		if text := strings.TrimSpace(stderr.String()); text != "" {
			return "", errors.New(strings.TrimPrefix(text, "fatal: "))
		}
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return stdout.String(), nil
}
