package known

import (
	"strings"

	"golang.org/x/tools/go/analysis"
)

// roots holds the first elements of the standard library's import paths. A
// list, because drivers disagree about everything else: go vet gives no module
// for it, some build farms give none for anything, and module paths without a
// dot are common in private code.
const roots = " archive bufio bytes cmp compress container context crypto database debug embed encoding errors" +
	" expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect" +
	" regexp runtime slices sort strconv strings structs sync syscall testing text time unicode unique unsafe" +
	" vendor weak "

// IsStandard reports whether path looks like a package of the standard library.
func IsStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(roots, " "+first+" ")
}

// standard reports whether the pass is about a package of the standard library,
// for which only the table counts.
func standard(pass *analysis.Pass) bool {
	if m := pass.Module; m != nil && m.Path != "" && m.Path != "std" {
		return false
	}
	return IsStandard(pass.Pkg.Path())
}
