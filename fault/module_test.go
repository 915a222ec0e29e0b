package fault_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const modulePath = "github.com/errvet/errvet/fault"

// goTool runs the go command and returns what it prints.
func goTool(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("no go command here")
	}
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}

func TestOnlyTheStandardLibrary(t *testing.T) {
	list := goTool(t, ".", nil, "list", "-deps", "-test", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./...")
	for _, path := range strings.Fields(list) {
		if !strings.HasPrefix(path, modulePath) && !strings.HasPrefix(path, "["+modulePath) {
			t.Errorf("depends on %s", path)
		}
	}
	if mod, err := os.ReadFile("go.mod"); err != nil || bytes.Contains(mod, []byte("require")) {
		t.Errorf("go.mod: %v\n%s", err, mod)
	}
	if _, err := os.Stat("go.sum"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a go.sum: %v", err)
	}
}

// TestWhatAUserGets requires this module, served from a directory, in a module made for the purpose: one require and two lines of
// go.sum are all that it may add, and all its packages build there.
func TestWhatAUserGets(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a module")
	}
	const version = "v1.0.0"
	proxy := t.TempDir()
	versions := filepath.Join(proxy, filepath.FromSlash(modulePath), "@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(versions, "list"), version+"\n")
	write(t, filepath.Join(versions, version+".info"), `{"Version":"`+version+`"}`)
	write(t, filepath.Join(versions, version+".mod"), string(mod))
	zipModule(t, filepath.Join(versions, version+".zip"), modulePath+"@"+version)

	user := t.TempDir()
	write(t, filepath.Join(user, "go.mod"), "module example.com/user\n\ngo 1.26\n")
	var source strings.Builder
	source.WriteString("package user\n\nimport (\n\t_ \"" + modulePath + "\"\n")
	for _, name := range []string{"boundary", "breaker", "oplog", "result", "retry"} {
		source.WriteString("\t_ \"" + modulePath + "/" + name + "\"\n")
	}
	write(t, filepath.Join(user, "user.go"), source.String()+")\n")
	env := []string{"GOPROXY=file://" + filepath.ToSlash(proxy), "GOSUMDB=off",
		"GOMODCACHE=" + t.TempDir(), "GOFLAGS=-modcacherw -mod=mod", "GOWORK=off", "GOPRIVATE="}
	goTool(t, user, env, "mod", "tidy")
	goTool(t, user, env, "build", "./...")

	if list := strings.Fields(goTool(t, user, env, "list", "-m", "-f", "{{.Path}}", "all")); !slices.Equal(list, []string{"example.com/user", modulePath}) {
		t.Errorf("modules: %v", list)
	}
	userMod, err := os.ReadFile(filepath.Join(user, "go.mod"))
	if err != nil || bytes.Count(userMod, []byte("require")) != 1 || !bytes.Contains(userMod, []byte("require "+modulePath+" "+version)) {
		t.Errorf("go.mod: %v\n%s", err, userMod)
	}
	sum, err := os.ReadFile(filepath.Join(user, "go.sum"))
	if err != nil || bytes.Count(sum, []byte("\n")) != 2 {
		t.Errorf("go.sum: %v\n%s", err, sum)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// zipModule packs this module as a proxy serves it: without the modules nested in it.
func zipModule(t *testing.T, path, prefix string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(file)
	err = filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if _, nested := os.Stat(filepath.Join(name, "go.mod")); name != "." && nested == nil {
				return fs.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		entry, err := w.Create(prefix + "/" + filepath.ToSlash(name))
		if err != nil {
			return err
		}
		_, err = entry.Write(data)
		return err
	})
	if err := errors.Join(err, w.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
}
