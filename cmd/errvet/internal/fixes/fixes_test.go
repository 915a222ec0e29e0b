package fixes

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
)

func fix(edits ...vetjson.Edit) vetjson.Fix { return vetjson.Fix{Edits: edits} }

func edit(start, end int, text string) vetjson.Edit {
	return vetjson.Edit{Filename: "a.go", Start: start, End: end, New: text}
}

func TestMerge(t *testing.T) {
	const src = "package a\n\nfunc f() { g(); h() }\n" // g at 22, h at 27
	for _, test := range []struct {
		name  string
		src   string
		fixes []vetjson.Fix
		want  string
		left  []int
	}{
		{"none", src, nil, src, nil},
		{"two statements", src, []vetjson.Fix{fix(edit(27, 27, "_ = ")), fix(edit(22, 22, "_ = "))}, "package a\n\nfunc f() { _ = g(); _ = h() }\n", nil},
		{"the same import twice", src,
			[]vetjson.Fix{fix(edit(9, 9, "\n\nimport \"io\""), edit(22, 23, "io")), fix(edit(9, 9, "\n\nimport \"io\""), edit(27, 28, "io"))},
			"package a\n\nimport \"io\"\n\nfunc f() { io(); io() }\n", nil},
		{"two imports at one place", src,
			[]vetjson.Fix{fix(edit(9, 9, "\n\nimport \"os\"")), fix(edit(9, 9, "\n\nimport \"io\""))},
			"package a\n\nimport \"os\"\n\nimport \"io\"\n\nfunc f() { g(); h() }\n", nil},
		{"overlap leaves the second out as a whole", src,
			[]vetjson.Fix{fix(edit(22, 25, "x()")), fix(edit(23, 24, "y"), edit(27, 28, "z"))}, "package a\n\nfunc f() { x(); h() }\n", []int{1}},
		{"insertion into what another replaces", src,
			[]vetjson.Fix{fix(edit(22, 25, "x()")), fix(edit(23, 23, "y"))}, "package a\n\nfunc f() { x(); h() }\n", []int{1}},
		{"edits that meet", src, []vetjson.Fix{fix(edit(22, 23, "x")), fix(edit(23, 25, "(1)"))}, "package a\n\nfunc f() { x(1); h() }\n", nil},
		{"outside the file", src, []vetjson.Fix{fix(edit(22, 99, "x"))}, src, []int{0}},
		{"formatted again", src, []vetjson.Fix{fix(edit(22, 22, "_=  "))}, "package a\n\nfunc f() { _ = g(); h() }\n", nil},
		{"not formatted before", "package a\nfunc  f() { g() }\n", []vetjson.Fix{fix(edit(22, 22, "_=  "))}, "package a\nfunc  f() { _=  g() }\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, left, err := Merge([]byte(test.src), test.fixes)
			if err != nil {
				t.Fatal(err)
			}
			if string(out) != test.want {
				t.Errorf("got\n%s\nwant\n%s", out, test.want)
			}
			if !slices.Equal(left, test.left) {
				t.Errorf("left out %v, want %v", left, test.left)
			}
		})
	}
	if out, _, err := Merge([]byte(src), []vetjson.Fix{fix(edit(22, 22, "{"))}); err == nil {
		t.Errorf("a fix that breaks the file went through:\n%s", out)
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.go")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.go")
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	if err := WriteFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil || string(data) != "new" {
		t.Errorf("%s holds %q, %v", name, data, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, %v; want 0600", info.Mode(), err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 2 {
		t.Errorf("left behind: %v", list)
	}
	// Where one cannot be written, none is.
	locked := filepath.Join(dir, "locked.go")
	if err := os.WriteFile(locked, []byte("old"), 0o400); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{locked, filepath.Join(dir, "nowhere.go")} {
		if err := WriteAll([]File{{name, []byte("newer")}, {other, []byte("newer")}}); err == nil {
			t.Errorf("%s was written", other)
		}
		if data, err := os.ReadFile(name); err != nil || string(data) != "new" {
			t.Errorf("although %s cannot be written, %s holds %q, %v", other, name, data, err)
		}
	}
	if list, _ := os.ReadDir(dir); len(list) != 3 {
		t.Errorf("left behind: %v", list)
	}
	if err := WriteFile(filepath.Join(dir, "nowhere.go"), nil); err == nil {
		t.Error("a file that is not there was replaced")
	}
}
