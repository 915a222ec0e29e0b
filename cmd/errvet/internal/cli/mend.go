package cli

import (
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/fixes"
	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
	"github.com/errvet/errvet/passes"
)

// mend makes the fixes that were asked for, or shows them, and returns how many findings are left. All files are
// worked out before the first is written. Silenced findings are neither mended nor counted.
func (r *run) mend(list []*finding.Finding, sum *term.Summary) (left int, err error) {
	byFile := make(map[string][]vetjson.Fix)
	for _, f := range list {
		if f.Silenced() {
			continue
		}
		left++
		if r.wantsFix(f) {
			name := f.Suggest.Edits[0].Filename
			byFile[name] = append(byFile[name], *f.Suggest)
		}
	}
	if r.opts.fix == fixNone && !r.opts.diff {
		return left, nil
	}
	changes := make(map[string]merged)
	for name, list := range byFile {
		if changes[name], err = r.merge(name, list, sum); err != nil {
			return left, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		c := changes[name]
		if r.opts.diff {
			shown := term.Relative(r.base, name)
			if err := write(r.stdout, string(diff.Diff(shown+" (old)", c.old, shown+" (new)", c.new))); err != nil {
				return left, err
			}
			continue
		}
		if err := fixes.WriteFile(name, c.new); err != nil {
			return left, fmt.Errorf("%s cannot be fixed: %w", term.Relative(r.base, name), err)
		}
	}
	if r.opts.diff {
		return left, nil
	}
	sum.Fixing, sum.Files = true, len(changes)
	return left - sum.Fixed, nil
}

// wantsFix reports whether the finding has a fix of a class that was asked for. To look at, all are.
func (r *run) wantsFix(f *finding.Finding) bool {
	if f.Suggest == nil || len(f.Suggest.Edits) == 0 {
		return false
	}
	return f.Fix == passes.Safe || r.opts.fix == fixAll || r.opts.diff && r.opts.fix == fixNone
}

// merged is the content of a file before and after its fixes.
type merged struct{ old, new []byte }

// merge puts the fixes of one file into it.
func (r *run) merge(name string, list []vetjson.Fix, sum *term.Summary) (merged, error) {
	shown := term.Relative(r.base, name)
	info, err := os.Stat(name)
	if err != nil {
		return merged{}, fmt.Errorf("%s cannot be fixed: %w", shown, err)
	}
	// Offsets are those of the file that was analysed.
	if info.ModTime().After(r.started) {
		return merged{}, fmt.Errorf("%s changed while errvet was running; nothing was changed; run errvet again", shown)
	}
	old, err := os.ReadFile(name)
	if err != nil {
		return merged{}, fmt.Errorf("%s cannot be fixed: %w", shown, err)
	}
	out, left, err := fixes.Merge(old, list)
	if err != nil {
		return merged{}, fmt.Errorf("%s: %w; nothing was changed; please report this", shown, err)
	}
	if len(left) > 0 {
		fmt.Fprintf(r.stderr, "errvet: %s: %s left over, on lines that others change; run errvet -fix again\n", shown, term.Count(len(left), "fix"))
	}
	sum.Fixed += len(list) - len(left)
	return merged{old, out}, nil
}
