package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// A listed package is what go list says of it.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Imports                 []string
	ImportMap               map[string]string
	Standard, DepOnly       bool
	Module                  *struct{ Path, Version, GoVersion string }
}

// TestFarm runs the suite as a build farm does: a process for each package, in any order that has dependencies first,
// each with nothing but its sources, types of its imports, and what the suite left for these as files. The findings are
// those of errvet, whether the driver is errvet's own or that of x/tools, which nogo and others are like.
func TestFarm(t *testing.T) {
	pkgs := listShop(t)
	want := findings(t, "../../testdata", "errvet", "-json", "./shop/...")
	if len(want) == 0 {
		t.Fatal("errvet finds nothing in the shop")
	}
	for _, test := range []struct {
		driver string
		slow   bool
	}{{"errvet", false}, {"stock", true}} {
		t.Run(test.driver, func(t *testing.T) {
			if test.slow && testing.Short() {
				t.Skip("type-checks the standard library from source")
			}
			seed := rand.Uint64()
			t.Log("order of seed", seed)
			f := &farm{t: t, driver: test.driver, dir: t.TempDir(), rand: rand.New(rand.NewPCG(seed, 0)), pkgs: pkgs}
			if got := f.run(); !slices.Equal(got, want) {
				t.Errorf("package by package:\n%s\nerrvet:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// listShop lists the packages of the shop and all they need, with types in export data.
func listShop(t *testing.T) map[string]*listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,Imports,ImportMap,Standard,DepOnly,Module", "./shop/...")
	cmd.Dir = "../../testdata"
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // so that all sources lie where their packages do
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	pkgs := make(map[string]*listed)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(listed)
		if err := dec.Decode(p); err == io.EOF {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		if p.ImportPath != "unsafe" {
			pkgs[p.ImportPath] = p
		}
	}
}

// A farm runs units.
type farm struct {
	t      *testing.T
	driver string
	dir    string
	rand   *rand.Rand
	pkgs   map[string]*listed
}

// run has every package analysed and returns the findings of those that were asked for.
func (f *farm) run() []string {
	var found []string
	done := make(map[string]bool)
	for len(done) < len(f.pkgs) {
		var ready []string
		for path, p := range f.pkgs {
			if !done[path] && !slices.ContainsFunc(f.imports(p), func(imp string) bool { return !done[imp] }) {
				ready = append(ready, path)
			}
		}
		slices.Sort(ready)
		path := ready[f.rand.IntN(len(ready))]
		found = append(found, f.unit(f.pkgs[path])...)
		done[path] = true
	}
	slices.Sort(found)
	return found
}

// imports are the packages that a package imports.
func (f *farm) imports(p *listed) []string {
	return slices.DeleteFunc(slices.Clone(p.Imports), func(imp string) bool { return imp == "unsafe" })
}

func (f *farm) vetx(path string) string {
	return filepath.Join(f.dir, strings.ReplaceAll(path, "/", "_")+".vetx")
}

// unit analyses one package in a process of its own.
func (f *farm) unit(p *listed) []string {
	f.t.Helper()
	cfg := unitchecker.Config{
		ID: p.ImportPath, ImportPath: p.ImportPath, Compiler: "gc", Dir: p.Dir, GoVersion: "go1.26",
		ImportMap: map[string]string{"unsafe": "unsafe"}, PackageFile: make(map[string]string), PackageVetx: make(map[string]string),
		Standard: make(map[string]bool), VetxOnly: p.DepOnly, VetxOutput: f.vetx(p.ImportPath),
	}
	if p.Module != nil {
		cfg.ModulePath, cfg.ModuleVersion, cfg.GoVersion = p.Module.Path, p.Module.Version, "go"+p.Module.GoVersion
	}
	for _, name := range p.GoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.Dir, name)
		}
		cfg.GoFiles = append(cfg.GoFiles, name)
	}
	for _, imp := range f.imports(p) {
		cfg.ImportMap[imp] = imp
		cfg.Standard[imp] = f.pkgs[imp].Standard
		cfg.PackageVetx[imp] = f.vetx(imp)
	}
	maps.Copy(cfg.ImportMap, p.ImportMap) // as the sources have them, where that differs
	below := make(map[string]bool)
	f.below(below, p)
	for dep := range below {
		cfg.PackageFile[dep] = f.pkgs[dep].Export
	}
	name := strings.TrimSuffix(cfg.VetxOutput, ".vetx") + ".cfg"
	data, err := json.Marshal(cfg)
	if err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		f.t.Fatal(err)
	}
	program, err := exec.LookPath(f.driver)
	if err != nil {
		f.t.Fatal(err)
	}
	cmd := exec.Command(program, "-json", name)
	cmd.Dir = f.dir
	cmd.Env = []string{"GOROOT=" + goroot(f.t), "GOVERSION=go1.26"} // no cache, no home, nothing to find
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		f.t.Fatalf("%s: %v\n%s%s", p.ImportPath, err, out, &stderr)
	}
	if p.DepOnly {
		return nil
	}
	return positions(f.t, out)
}

// below adds to all what a package needs, near and far.
func (f *farm) below(all map[string]bool, p *listed) {
	for _, imp := range f.imports(p) {
		if !all[imp] {
			all[imp] = true
			f.below(all, f.pkgs[imp])
		}
	}
}

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// findings runs a program that prints findings in the form of go vet -json.
func findings(t *testing.T, dir, name string, args ...string) []string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Fatalf("%s: %v\n%s", name, err, &stderr)
	}
	list := positions(t, out)
	slices.Sort(list)
	return list
}

// positions reads findings in that form: place, rule and case, message.
func positions(t *testing.T, data []byte) (list []string) {
	t.Helper()
	for dec := json.NewDecoder(bytes.NewReader(data)); ; {
		var units map[string]map[string][]struct{ Posn, Category, Message string }
		if err := dec.Decode(&units); err == io.EOF {
			return list
		} else if err != nil {
			t.Fatalf("%v in:\n%s", err, data)
		}
		for _, rules := range units {
			for _, found := range rules {
				for _, d := range found {
					list = append(list, fmt.Sprintf("%s: %s [%s]", d.Posn, d.Message, d.Category))
				}
			}
		}
	}
}
