package cli

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
)

// A trouble is something that keeps a package, or a rule on a package, from being checked.
type trouble struct {
	pkg   string   // import path; may be empty
	rule  string   // set if only this rule failed
	tests bool     // only the package's tests could not be checked
	lines []string // what the go command or the rule says
}

// sound returns the packages that can be loaded, and notes the others.
func (r *run) sound(list []*vetrun.Package) []*vetrun.Package {
	var ok []*vetrun.Package
	for _, pkg := range list {
		if broken := pkg.Broken(); broken != nil {
			line := strings.TrimSpace(broken.Err)
			if broken.Pos != "" && !strings.HasPrefix(line, broken.Pos) {
				line = broken.Pos + ": " + line
			}
			r.addTrouble(trouble{pkg: pkg.ImportPath, lines: strings.Split(r.place(line), "\n")})
			continue
		}
		ok = append(ok, pkg)
	}
	return ok
}

// addTrouble notes a trouble; of a package that has one already it keeps the first.
func (r *run) addTrouble(t trouble) {
	for _, have := range r.troubles {
		if t.pkg != "" && have.pkg == t.pkg && have.rule == t.rule {
			return
		}
	}
	r.troubles = append(r.troubles, t)
}

// addBuildErrors notes what go vet could not build, which packages were not checked for it, and which rules failed.
func (r *run) addBuildErrors(messages []vetrun.BuildError) {
	for _, m := range messages {
		pkg, _, _ := strings.Cut(m.Package, " ")
		_, tests := r.untested[pkg]
		if base, ok := strings.CutSuffix(pkg, "_test"); ok && !r.set.Wanted[pkg] && r.set.Wanted[base] {
			pkg, tests = base, r.set.Seen(base)
		}
		var lines []string
		for _, line := range m.Lines {
			line = strings.TrimPrefix(line, "vet: ")
			if !noise.MatchString(line) {
				lines = append(lines, r.place(line))
			}
		}
		if len(lines) == 0 {
			continue
		}
		if pkg == "" {
			pkg = r.untestedAt(m.Lines[0])
			tests = pkg != ""
		}
		r.addTrouble(trouble{pkg: pkg, tests: tests, lines: lines})
	}
	for _, pkg := range r.unseen() {
		r.addTrouble(trouble{pkg: pkg.ImportPath, lines: []string{"not checked: a package that it imports is broken"}})
	}
	r.addFailures()
}

// addFailures notes the rules that failed.
func (r *run) addFailures() {
	for _, f := range r.set.Failures() {
		t := trouble{pkg: f.Package, rule: f.Analyzer, lines: []string{f.Message}}
		if r.opts.stacks && f.Stack != "" {
			t.lines = append(t.lines, strings.Split(strings.TrimSpace(f.Stack), "\n")...)
		}
		r.addTrouble(t)
	}
}

// place makes a file name at the beginning of a line relative to where errvet was started, as in the report; the go
// command names files from where it ran.
func (r *run) place(line string) string {
	name, rest, ok := strings.Cut(line, ":")
	if !ok || !strings.HasSuffix(name, ".go") {
		return line
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.opts.dir, name)
	}
	return term.Relative(r.base, name) + ":" + rest
}

// noise matches lines of the go command that say nothing about the code.
var noise = regexp.MustCompile(`^(exit status \d+|too many errors|\S+: exit status \d+)$`)

// newerGo matches what the type checker says of a package that asks for a newer Go than errvet was built with.
var newerGo = regexp.MustCompile(`package requires newer Go version (\S+) \(application built with (\S+)\)`)

// unchecked counts the packages with a trouble of their own.
func (r *run) unchecked() int {
	n := 0
	for _, pkg := range r.packages {
		if slices.ContainsFunc(r.troubles, func(t trouble) bool { return t.pkg == pkg.ImportPath && t.rule == "" && !t.tests }) {
			n++
		}
	}
	return n
}

// reportTroubles says what could not be checked, and what to do about it.
func (r *run) reportTroubles() error {
	var b strings.Builder
	for _, s := range r.sentences() {
		fmt.Fprintf(&b, "errvet: %s\n", s)
	}
	return write(r.stderr, b.String())
}

// sentences words the troubles. What the go command or a rule has to say in more than one line stays so.
func (r *run) sentences() []string {
	var list []string
	broken, untested, failed := 0, 0, false
	advice := ""
	for _, t := range r.troubles {
		var s string
		switch {
		case t.rule != "":
			failed = true
			s = fmt.Sprintf("rule %s failed on %s: %s", t.rule, t.pkg, t.lines[0])
		case t.tests:
			untested++
			s = fmt.Sprintf("%s: checked without its tests, which do not compile: %s", t.pkg, t.lines[0])
		case t.pkg != "":
			broken++
			s = t.pkg + ": " + t.lines[0]
		default:
			broken++
			s = t.lines[0]
		}
		for _, line := range t.lines[1:] {
			s += "\n\t" + line
		}
		list = append(list, s)
		if m := newerGo.FindStringSubmatch(s); m != nil {
			advice = fmt.Sprintf("build errvet with %s or newer (this one was built with %s)", m[1], m[2])
		}
	}
	if broken > 0 {
		switch {
		case advice != "":
		case broken == 1:
			advice = "mend it and run errvet again"
		default:
			advice = "mend them and run errvet again"
		}
		rest := ""
		if n := len(r.packages) - r.unchecked(); n > 0 {
			rest = fmt.Sprintf("; %s checked", wasWere(n))
		}
		list = append(list, fmt.Sprintf("%s could not be checked%s; %s", term.Count(broken, "package"), rest, advice))
	}
	if untested > 0 && broken == 0 {
		list = append(list, fmt.Sprintf("%s could not be checked; mend them and run errvet again", testsOf(untested)))
	}
	if failed {
		list = append(list, "a rule failed, which is a defect of errvet; its other findings stand; please report it with what -v shows at https://github.com/errvet/errvet/issues")
	}
	return list
}

func testsOf(packages int) string {
	if packages == 1 {
		return "the tests of 1 package"
	}
	return fmt.Sprintf("the tests of %d packages", packages)
}

func wasWere(n int) string {
	if n == 1 {
		return "the other one was"
	}
	return fmt.Sprintf("the other %d were", n)
}
