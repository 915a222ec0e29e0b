package goplsbuild

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// A goCommand runs the go command in the directory of the module to build.
type goCommand struct {
	ctx context.Context
	dir string
}

// run returns what it prints. What the user's environment says of modules is about the user's own, so it does not
// count here.
func (g *goCommand) run(args ...string) ([]byte, error) {
	cmd := exec.CommandContext(g.ctx, "go", args...)
	cmd.Dir = g.dir
	cmd.Env = append(os.Environ(), "PWD="+g.dir, "GOWORK=off", "GO111MODULE=on", "GOFLAGS="+keptFlags(os.Getenv("GOFLAGS")))
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	switch {
	case g.ctx.Err() != nil:
		return nil, context.Cause(g.ctx)
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("errvet needs the go command; install Go from https://go.dev/dl/ or put it on PATH")
	case err != nil:
		return stdout.Bytes(), &goError{err, strings.TrimSpace(stderr.String())}
	}
	return stdout.Bytes(), nil
}

// keptFlags are the flags of the user's that say where modules are kept, not which.
func keptFlags(flags string) string {
	kept := slices.DeleteFunc(strings.Fields(flags), func(f string) bool {
		return strings.TrimLeft(f, "-") != "modcacherw"
	})
	return strings.Join(kept, " ")
}

// A goError is a failure of the go command, in its own words.
type goError struct {
	err  error
	text string
}

func (e *goError) Error() string {
	if e.text == "" {
		return "the go command: " + e.err.Error()
	}
	return strings.TrimPrefix(e.text, "go: ")
}

func (e *goError) Unwrap() error { return e.err }

// A release is a version of Go.
type release struct {
	name     string // as in go1.26.8
	switches bool   // whether it fetches a newer one where that is needed
}

// builds reports whether it builds a module with this go line.
func (r release) builds(needs string) bool { return version.Compare(r.name, "go"+needs) >= 0 }

// version returns the Go that builds.
func (g *goCommand) version() (release, error) {
	data, err := g.run("env", "-json", "GOVERSION", "GOTOOLCHAIN")
	if err != nil {
		return release{}, err
	}
	env, err := decode[struct{ GOVERSION, GOTOOLCHAIN string }](data, "go env")
	if err != nil {
		return release{}, err
	}
	name, _, _ := strings.Cut(env.GOVERSION, " ") // X:experiments follow
	name, _, _ = strings.Cut(name, "-")           // a vendor's suffix
	return release{name: name, switches: env.GOTOOLCHAIN == "auto" || env.GOTOOLCHAIN == "path" || strings.HasSuffix(env.GOTOOLCHAIN, "+auto")}, nil
}

// versions lists the versions of a module that its authors have not withdrawn.
func (g *goCommand) versions(path string) ([]string, error) {
	data, err := g.run("list", "-m", "-json", "-versions", path+"@latest")
	if err != nil {
		return nil, fmt.Errorf("which versions of %s there are: %w", path, err)
	}
	list, err := decode[struct{ Versions []string }](data, "go list")
	if err != nil {
		return nil, err
	}
	return list.Versions, nil
}

// releases returns those that are no previews, newest first; the go command lists them in order.
func releases(versions []string) []string {
	var list []string
	for _, v := range slices.Backward(versions) {
		if !strings.Contains(v, "-") {
			list = append(list, v)
		}
	}
	return list
}

// A module is one that the go command has fetched.
type module struct {
	Version, Dir, GoMod string

	needs    string // the go line, such as 1.26.0
	requires []struct{ Path, Version string }
	replaces []struct{ Path, To, Version string }
}

// look finds out about a version of a module, without fetching it: the go command fetches none that it cannot build.
func (g *goCommand) look(path, v string) (*module, error) {
	data, err := g.run("list", "-m", "-json", path+"@"+v)
	if err != nil {
		return nil, err
	}
	m, err := decode[module](data, "go list")
	if err != nil {
		return nil, err
	}
	return m, g.read(m)
}

// fetch has a version of a module fetched.
func (g *goCommand) fetch(path, v string) (*module, error) {
	data, err := g.run("mod", "download", "-json", path+"@"+v)
	if err != nil && len(data) == 0 {
		return nil, err
	}
	answer, decodeErr := decode[struct {
		module
		Error string
	}](data, "go mod download")
	switch {
	case decodeErr != nil:
		return nil, decodeErr
	case answer.Error != "":
		return nil, errors.New(answer.Error)
	case err != nil:
		return nil, err
	}
	m := &answer.module
	return m, g.read(m)
}

// read reads the go.mod of a module.
func (g *goCommand) read(m *module) error {
	data, err := g.run("mod", "edit", "-json", m.GoMod)
	if err != nil {
		return err
	}
	file, err := decode[struct {
		Go      string
		Require []struct{ Path, Version string }
		Replace []struct {
			Old, New struct{ Path, Version string }
		}
	}](data, "go mod edit")
	if err != nil {
		return err
	}
	m.needs, m.requires = file.Go, file.Require
	for _, r := range file.Replace {
		if r.New.Version != "" { // a directory is one of its authors'
			m.replaces = append(m.replaces, struct{ Path, To, Version string }{r.Old.Path, r.New.Path, r.New.Version})
		}
	}
	return nil
}

// later returns the later of two go lines.
func later(a, b string) string {
	if version.Compare("go"+a, "go"+b) < 0 {
		return b
	}
	return a
}
