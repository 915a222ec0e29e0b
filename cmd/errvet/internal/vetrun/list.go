package vetrun

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Package is one that the patterns name.
type Package struct {
	ImportPath                string
	Dir                       string
	Standard                  bool
	Module                    *Module
	GoFiles, CgoFiles         []string
	TestGoFiles, XTestGoFiles []string
	Error                     *PackageError
	DepsErrors                []*PackageError
}

// A Module is the module of a package; a package of the standard library has none.
type Module struct {
	Path, Dir, GoMod string
	Main             bool // the main module, or one of the workspace
}

// A PackageError says why a package cannot be loaded.
type PackageError struct {
	ImportStack []string
	Pos         string // file:line:column, or empty
	Err         string
}

// OnlyExternalTests reports whether the package's only files are those of its external test, so that there is no unit
// of its own name.
func (p *Package) OnlyExternalTests() bool {
	return len(p.GoFiles)+len(p.CgoFiles)+len(p.TestGoFiles) == 0
}

// Broken returns why the package cannot be loaded, or nil.
func (p *Package) Broken() *PackageError {
	if p.Error != nil {
		return p.Error
	}
	if len(p.DepsErrors) > 0 {
		return p.DepsErrors[0]
	}
	return nil
}

// fields are those of Package that go list fills in without looking at imports.
const fields = "ImportPath,Dir,Standard,Module,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Error"

// List returns the packages that the patterns name, in the go command's order. Their imports are looked at only if
// deep is set, which takes much longer; then each package also tells of errors in what it imports.
func (c *Command) List(ctx context.Context, deep bool, patterns []string) ([]*Package, error) {
	args := []string{"list", "-e"}
	if deep {
		args = append(args, "-json="+fields+",DepsErrors")
	} else {
		args = append(args, "-find", "-json="+fields)
	}
	args = append(append(append(args, c.BuildFlags...), "--"), patterns...)
	cmd := c.command(ctx, args)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, c.failed(ctx, err, stderr.String())
	}
	var list []*Package
	for dec := json.NewDecoder(&stdout); ; {
		p := new(Package)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("reading the output of go list: %w", err)
		}
		list = append(list, p)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("no packages match %s; name a directory that holds Go files, like ./...", strings.Join(patterns, " "))
	}
	return list, nil
}
