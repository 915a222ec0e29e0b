// Package goplsbuild builds gopls with errvet in it.
//
// gopls loads no analyzers, and its own are in internal packages. But what may import an internal package is decided by
// import paths alone, so a throw-away module whose path begins with gopls' may: it has gopls' main.go, and one file more
// that adds errvet's rules to gopls' table of analyzers. Nothing of gopls is copied but that file, and nothing patched.
package goplsbuild

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/mod/semver"
)

const (
	goplsModule  = "golang.org/x/tools/gopls"
	errvetModule = "github.com/errvet/errvet"
)

// oldest is the first gopls whose x/tools has all that errvet needs.
const oldest = "v0.22.0"

// A Job is one build.
type Job struct {
	Gopls  string // version, such as v0.23.0; empty is the newest that the local Go can build
	Errvet Source
	Out    string // the program to write
	// Note is called with a line that tells of progress. It may be nil.
	Note func(line string)
}

// Build builds the program, and returns the version of gopls that it is.
func (j *Job) Build(ctx context.Context) (version string, err error) {
	out, err := filepath.Abs(j.Out)
	if err != nil {
		return "", fmt.Errorf("-o: %w", err)
	}
	if info, err := os.Stat(out); err == nil && info.IsDir() {
		return "", fmt.Errorf("-o: %s is a directory; name the program, as in %s", j.Out, filepath.Join(j.Out, "gopls"+exe()))
	}
	dir, err := os.MkdirTemp("", "errvet-gopls-")
	if err != nil {
		return "", fmt.Errorf("making a directory to build in: %w", err)
	}
	defer func() {
		if rerr := os.RemoveAll(dir); rerr != nil {
			err = errors.Join(err, fmt.Errorf("removing the directory that gopls was built in: %w", rerr))
		}
	}()
	g := &goCommand{ctx: ctx, dir: dir}
	m, err := j.choose(g)
	if err != nil {
		return "", err
	}
	if err := j.write(g, m); err != nil {
		return "", err
	}
	j.note(fmt.Sprintf("building gopls %s with errvet %s; the first time this takes a minute or two", m.Version, j.Errvet))
	built := filepath.Join(dir, "gopls"+exe())
	flags := []string{"build", "-mod=mod", "-buildvcs=false", "-ldflags=-X main.version=" + m.Version, "-o", built, "."}
	if _, err := g.run(flags...); err != nil {
		return "", fmt.Errorf("gopls %s cannot be built with errvet in it: %w", m.Version, err)
	}
	// It joins the table before it looks at its arguments, so this is a test that it could.
	text, err := exec.CommandContext(ctx, built, "version").CombinedOutput()
	if err != nil || !bytes.Contains(text, []byte(m.Version)) {
		return "", fmt.Errorf("gopls %s does not start with errvet in it: %s", m.Version, strings.TrimSpace(string(text)))
	}
	if err := move(built, out); err != nil {
		return "", err
	}
	return m.Version, nil
}

func (j *Job) note(line string) {
	if j.Note != nil {
		j.Note(line)
	}
}

// choose returns the gopls to build, which the go command has fetched then.
func (j *Job) choose(g *goCommand) (*module, error) {
	local, err := g.version()
	if err != nil {
		return nil, err
	}
	if j.Gopls != "" {
		m, err := g.look(goplsModule, j.Gopls)
		if err != nil {
			return nil, fmt.Errorf("gopls %s: %w", j.Gopls, err)
		}
		if semver.Compare(m.Version, oldest) < 0 {
			return nil, fmt.Errorf("gopls %s has an x/tools that is too old for errvet; %s is the oldest that will do", m.Version, oldest)
		}
		if !local.switches && !local.builds(m.needs) {
			return nil, fmt.Errorf("gopls %s needs go%s, and this is %s; without -gopls errvet takes the newest that it can build", m.Version, m.needs, local.name)
		}
		return g.fetch(goplsModule, m.Version)
	}
	versions, err := g.versions(goplsModule)
	if err != nil {
		return nil, err
	}
	for _, v := range releases(versions) {
		m, err := g.look(goplsModule, v)
		if err != nil {
			return nil, fmt.Errorf("gopls %s: %w", v, err)
		}
		if local.builds(m.needs) {
			return g.fetch(goplsModule, m.Version)
		}
		j.note(fmt.Sprintf("gopls %s needs go%s, and this is %s", m.Version, m.needs, local.name))
	}
	return nil, fmt.Errorf("of %d versions of gopls, %s can build none", len(versions), local.name)
}

// write writes the module to build.
func (j *Job) write(g *goCommand, gopls *module) error {
	main, err := os.ReadFile(filepath.Join(gopls.Dir, "main.go"))
	if err != nil {
		return fmt.Errorf("gopls %s has no main program where it used to be: %w", gopls.Version, err)
	}
	errvet := &module{GoMod: filepath.Join(j.Errvet.Dir, "go.mod")}
	if j.Errvet.Dir == "" {
		errvet, err = g.fetch(errvetModule, j.Errvet.Version)
	} else {
		err = g.read(errvet)
	}
	if err != nil {
		return fmt.Errorf("errvet %s: %w", j.Errvet, err)
	}
	mod := modFile(gopls, j.Errvet, later(gopls.needs, errvet.needs))
	for name, content := range map[string][]byte{"go.mod": mod, "main.go": main, "errvet.go": []byte(link)} {
		if err := os.WriteFile(filepath.Join(g.dir, name), content, 0o666); err != nil {
			return fmt.Errorf("writing the module to build gopls in: %w", err)
		}
	}
	return nil
}

// link is what the program has beside gopls' own main.go.
const link = `package main

import (
	"fmt"
	"os"

	errvet "` + errvetModule + `/cmd/errvet/gopls"
	"` + goplsModule + `/internal/settings"
)

func init() {
	if err := errvet.Link(&settings.AllAnalyzers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`

// modFile returns the go.mod of the module to build. Everything that gopls requires is what gopls was released with,
// whatever errvet would have: above all x/tools, of which it needs just that one.
func modFile(gopls *module, errvet Source, language string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "module %s/errvet\n\ngo %s\n\n", goplsModule, language)
	fmt.Fprintf(&b, "require (\n\t%s %s\n\t%s %s\n)\n\n", goplsModule, gopls.Version, errvetModule, errvet.required())
	for _, r := range gopls.requires {
		if r.Path != errvetModule {
			fmt.Fprintf(&b, "replace %s => %[1]s %s\n", r.Path, r.Version)
		}
	}
	for _, r := range gopls.replaces {
		fmt.Fprintf(&b, "replace %s => %s %s\n", r.Path, r.To, r.Version)
	}
	if errvet.Dir != "" {
		fmt.Fprintf(&b, "replace %s => %q\n", errvetModule, errvet.Dir)
	}
	return b.Bytes()
}

// move puts the program in its place, also while an older one there runs.
func move(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return fmt.Errorf("-o: %w", err)
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("reading what was built: %w", err)
	}
	beside := fmt.Sprintf("%s.%d.tmp", to, time.Now().UnixNano())
	if err := os.WriteFile(beside, data, 0o777); err != nil {
		return fmt.Errorf("-o: %w", errors.Join(err, os.Remove(beside)))
	}
	if err := os.Rename(beside, to); err != nil {
		return fmt.Errorf("-o: %w", errors.Join(err, os.Remove(beside)))
	}
	return nil
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// decode reads a stream of one JSON value.
func decode[T any](data []byte, what string) (*T, error) {
	v := new(T)
	if err := json.Unmarshal(data, v); err != nil {
		return nil, fmt.Errorf("%s: the go command's answer makes no sense: %w", what, err)
	}
	return v, nil
}
