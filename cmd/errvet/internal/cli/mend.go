package cli

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/fixes"
	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
	"github.com/errvet/errvet/passes"
)

// fixed holds the files as fixes make them. All are worked out before the first is written.
type fixed struct {
	files map[string]change
	made  map[*finding.Finding]bool // the findings whose fixes are in them
}

// A change is the content of a file before and after its fixes.
type change struct{ old, new []byte }

// merge works out the fixes that were asked for. Silenced findings are not fixed.
func (r *run) merge(list []*finding.Finding) (*fixed, error) {
	out := &fixed{files: make(map[string]change), made: make(map[*finding.Finding]bool)}
	byFile := make(map[string][]*finding.Finding)
	for _, f := range list {
		if !f.Silenced() && r.wantsFix(f) {
			name := f.Suggest.Edits[0].Filename
			byFile[name] = append(byFile[name], f)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byFile)) {
		if err := r.mergeFile(out, name, byFile[name]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// wantsFix reports whether the finding has a fix of a class that was asked for. To look at, all are.
func (r *run) wantsFix(f *finding.Finding) bool {
	if f.Suggest == nil || len(f.Suggest.Edits) == 0 {
		return false
	}
	switch r.opts.fix {
	case fixAll:
		return true
	case fixSafe:
		return f.Fix == passes.Safe
	}
	return r.opts.diff
}

// mergeFile puts the fixes of one file into it.
func (r *run) mergeFile(out *fixed, name string, list []*finding.Finding) error {
	shown := term.Relative(r.base, name)
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("%s cannot be fixed: %w", shown, err)
	}
	// Offsets are those of the file that was analysed.
	if info.ModTime().After(r.started) {
		return fmt.Errorf("%s changed while errvet was running; nothing was changed; run errvet again", shown)
	}
	old := r.files.Content(name)
	suggested := make([]vetjson.Fix, len(list))
	for i, f := range list {
		suggested[i] = *f.Suggest
	}
	merged, left, err := fixes.Merge(old, suggested)
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was changed; please report this", shown, err)
	}
	if len(left) > 0 {
		if err := write(r.stderr, fmt.Sprintf("errvet: %s: %s left over, on lines that others change; run errvet again\n", shown, term.Count(len(left), "fix"))); err != nil {
			return err
		}
	}
	for i, f := range list {
		if !slices.Contains(left, i) {
			out.made[f] = true
		}
	}
	out.files[name] = change{old, merged}
	return nil
}

// diff shows the changes.
func (f *fixed) diff(base string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		shown := term.Relative(base, name)
		b.Write(diff.Diff(prefixed("a", shown), f.files[name].old, prefixed("b", shown), f.files[name].new))
	}
	return b.String()
}

// prefixed writes a name as git apply and patch -p1 want it.
func prefixed(prefix, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return prefix + "/" + filepath.ToSlash(name)
}

// write makes the changes, unless they were only to be shown.
func (f *fixed) write(r *run) error {
	if r.opts.diff {
		return nil
	}
	var list []fixes.File
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		list = append(list, fixes.File{Name: name, Content: f.files[name].new})
	}
	if err := fixes.WriteAll(list); err != nil {
		return fmt.Errorf("the fixes cannot be made: %w", err)
	}
	return nil
}
