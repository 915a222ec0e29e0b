package known

import (
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Companion is the module of patterns that fixes may use where it is in use already.
const Companion = "github.com/errvet/errvet/fault"

// UsesCompanion is the fact of a package that imports the companion.
type UsesCompanion struct {
	Module string // that the package belongs to; "" where the driver does not say
}

// AFact makes UsesCompanion a fact.
func (*UsesCompanion) AFact() {}

// InCompanion reports whether a package is one of the companion's.
func InCompanion(path string) bool {
	path, _, _ = strings.Cut(path, " ") // a test variant
	return path == Companion || strings.HasPrefix(path, Companion+"/")
}

// HasCompanion reports whether the package may use the companion without a new dependency of its module: it, or a
// package of its module that it imports, does so already. What a module requires stands in go.mod, which no pass may
// read.
func (x *Index) HasCompanion() bool { return x.companion }

// findCompanion finds out whether pass's package may use the companion, and tells those who import it.
func (x *Index) findCompanion(pass *analysis.Pass) {
	module := ""
	if pass.Module != nil {
		module = pass.Module.Path
	}
	for _, imported := range pass.Pkg.Imports() {
		if InCompanion(imported.Path()) {
			x.companion = true
			pass.ExportPackageFact(&UsesCompanion{Module: module})
			return
		}
	}
	if module == "" {
		return
	}
	for _, imported := range pass.Pkg.Imports() {
		var fact UsesCompanion
		if !IsStandard(imported.Path()) && pass.ImportPackageFact(imported, &fact) && fact.Module == module {
			x.companion = true
			return
		}
	}
}
