package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
	"github.com/errvet/errvet/cmd/internal/nearest"
)

// The flavours of fixes, as the flag -fixes and the setting take them.
const (
	flavourAuto  = "auto"
	flavourStd   = "std"
	flavourFault = "fault"
)

// faultModule holds the package that fixes of the flavour fault use.
const faultModule = "github.com/errvet/errvet/fault"

// faultPackages are those of faultModule that fixes may import where a file does not yet.
var faultPackages = []string{faultModule + "/boundary", faultModule + "/retry"}

// flavour hands the flavour of fixes to the tool. It is a flag there, so another flavour is another analysis, which
// the go command keeps apart; auto goes without saying. The tool may not read go.mod, which is in no cache's key: that
// the module has what its fixes would import is looked at here.
func (p *program) flavour(opts *options) error {
	root := vetrun.ModuleRoot(opts.dir)
	if root == "" {
		root = opts.dir
	}
	switch opts.fixes {
	case "", flavourAuto:
		if lacking, err := notVendored(root); err != nil {
			return err
		} else if lacking == "" {
			return nil
		}
		opts.fixes = flavourStd // what a fix would import is not there
	case flavourStd:
	case flavourFault:
		if err := requiresFault(root); err != nil {
			return err
		}
		if lacking, err := notVendored(root); err != nil {
			return err
		} else if lacking != "" {
			return fmt.Errorf("-fixes=fault: %s is not in the module's vendor directory, which go mod vendor fills with what is imported only; import it first, or take -fixes=std", lacking)
		}
	default:
		return fmt.Errorf("-fixes: %w", nearest.None("flavour of fixes", opts.fixes, []string{flavourAuto, flavourStd, flavourFault}))
	}
	if p.suite.Flavour != "" {
		opts.tool = append(opts.tool, "-"+p.suite.Flavour+"="+opts.fixes)
	}
	return nil
}

// notVendored returns a package that fixes may import and that the vendor directory at root lacks, although the module
// has others of package fault there; "" if nothing is vendored.
func notVendored(root string) (string, error) {
	data, err := os.ReadFile(filepath.Join(root, "vendor", "modules.txt"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	} else if err != nil {
		return "", fmt.Errorf("the vendor directory cannot be read: %w", err)
	}
	lines := strings.Split(string(data), "\n")
	if !slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, "# "+faultModule+" ") }) {
		return "", nil
	}
	for _, pkg := range faultPackages {
		if !slices.Contains(lines, pkg) {
			return pkg, nil
		}
	}
	return "", nil
}

// requiresFault reports as an error that the module or workspace at root does not have package fault: a fix never adds
// a dependency.
func requiresFault(root string) error {
	mods := []string{filepath.Join(root, "go.mod")}
	if data, err := os.ReadFile(filepath.Join(root, "go.work")); err == nil {
		work, err := modfile.ParseWork("go.work", data, nil)
		if err != nil {
			return fmt.Errorf("the workspace cannot be read: %w", err)
		}
		for _, use := range work.Use {
			mods = append(mods, filepath.Join(root, filepath.FromSlash(use.Path), "go.mod"))
		}
	}
	for _, name := range mods {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // of a workspace, or none at all: the go command says so
		}
		mod, err := modfile.ParseLax(filepath.Base(name), data, nil)
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", name, err)
		}
		if mod.Module != nil && mod.Module.Mod.Path == faultModule ||
			slices.ContainsFunc(mod.Require, func(r *modfile.Require) bool { return r.Mod.Path == faultModule }) {
			return nil
		}
	}
	return fmt.Errorf("-fixes=fault: the module does not require %s, and a fix adds no dependency; run go get %[1]s first, or take -fixes=auto", faultModule)
}
