package unit

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/rogpeppe/go-internal/diff"
	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/cmd/errvet/internal/fixes"
	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
)

// fix makes the first fix of each finding: into the archive that the go command asks for, or as a diff on stdout, or
// in place where there is no archive. Fixes that do not go together with an earlier one are left for the next run,
// which a line on stderr says; an exit code would make the go command drop them all.
func (t *Tool) fix(cfg *Config, opts options, l *loaded, results []*result, stdout io.Writer) (code int, err error) {
	byFile := make(map[string][]vetjson.Fix)
	for _, r := range results {
		for _, d := range r.diagnostics {
			if len(d.SuggestedFixes) == 0 {
				continue
			}
			if f, ok := fixOf(l.fset, d.SuggestedFixes[0]); ok {
				byFile[f.Edits[0].Filename] = append(byFile[f.Edits[0].Filename], f)
			}
		}
	}
	write := fixes.WriteFile
	if cfg.FixArchive != "" && !opts.diff {
		file, cerr := os.Create(cfg.FixArchive)
		if cerr != nil {
			return 1, fmt.Errorf("creating the archive of fixes: %w", cerr)
		}
		archive := zip.NewWriter(file)
		defer func() { err = errors.Join(err, archive.Close(), file.Close()) }()
		write = func(name string, data []byte) error {
			w, err := archive.Create(name)
			if err == nil {
				_, err = w.Write(data)
			}
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byFile)) {
		src, err := os.ReadFile(name)
		if err != nil {
			return 1, fmt.Errorf("reading a file to fix: %w", err)
		}
		out, left, err := fixes.Merge(src, byFile[name])
		if err != nil {
			return 1, fmt.Errorf("%s: %w", name, err)
		}
		if len(left) > 0 {
			fmt.Fprintf(os.Stderr, "errvet: %s: %d of %d fixes left for the next run: they change the same lines as others\n", name, len(left), len(byFile[name]))
		}
		if opts.diff {
			_, err = stdout.Write(diff.Diff(name+" (old)", src, name+" (new)", out))
		} else {
			err = write(name, out)
		}
		if err != nil {
			return 1, fmt.Errorf("writing the fixes of %s: %w", name, err)
		}
	}
	return 0, nil
}

// fixOf describes a fix by byte offsets. It refuses one that is not well formed, that spans files, or whose file is
// not the one that the compiler read: then (cgo, //line) offsets are those of another text.
func fixOf(fset *token.FileSet, fix analysis.SuggestedFix) (vetjson.Fix, bool) {
	out := vetjson.Fix{Message: fix.Message}
	for _, e := range fix.TextEdits {
		end := cmp.Or(e.End, e.Pos)
		file := fset.File(e.Pos)
		if file == nil || file != fset.File(end) || end < e.Pos || fset.Position(e.Pos).Filename != file.Name() {
			return vetjson.Fix{}, false
		}
		out.Edits = append(out.Edits, vetjson.Edit{
			Filename: file.Name(), Start: file.Offset(e.Pos), End: file.Offset(end), New: string(e.NewText),
		})
		if out.Edits[0].Filename != file.Name() {
			return vetjson.Fix{}, false
		}
	}
	return out, len(out.Edits) > 0
}
