package report

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A directive is a comment, or a part of one, that tells tools to keep quiet.
type directive struct {
	how   string   // ByIgnore, ByNolint, ByLintIgnore, ByNosec
	names []string // what it silences: rules, linters, checks; none for everything
	file  bool     // holds for the whole file
}

// contracts are the //errvet: directives of package known, which state what a
// function promises. They are its business; here they only must not count as
// misspelt.
var contracts = []string{"infallible", "handles", "nil-on-error", "boundary"}

// gosecUnhandled are the checks of gosec about lost errors: calls whose error
// nobody looks at, and deferred closes.
var gosecUnhandled = []string{"G104", "G307"}

// expectation matches what analysistest reads at the end of a comment: it is
// no part of a reason, be it in our testdata or that of another analyzer.
var expectation = regexp.MustCompile("//\\s*want\\s+([+-]\\d+\\s+)?(\\w+:)?[\"`].*$")

// authored returns the text of c without expectations.
func authored(c *ast.Comment) string {
	return expectation.ReplaceAllString(c.Text, "")
}

var gosecCheck = regexp.MustCompile(`\bG\d{3}\b`)

// parseDirectives returns the directives of c that are well formed.
func parseDirectives(c *ast.Comment) []directive {
	text := strings.TrimLeft(authored(c), "/* \t")
	switch {
	case strings.HasPrefix(c.Text, "//errvet:"):
		if ig, ok := parseIgnore(c); ok && ig.fault == "" {
			return []directive{{how: ByIgnore, names: ig.rules}}
		}
	case strings.HasPrefix(text, "nolint"):
		return parseNolint(text)
	case strings.HasPrefix(c.Text, "//lint:"):
		return parseLint(c)
	case strings.HasPrefix(text, "#nosec"):
		d := directive{how: ByNosec, names: []string{"gosec"}}
		// Only the part before the explanation names checks.
		list, _, _ := strings.Cut(strings.TrimPrefix(text, "#nosec"), "--")
		if checks := gosecCheck.FindAllString(list, -1); checks != nil && !slices.ContainsFunc(checks, func(check string) bool {
			return slices.Contains(gosecUnhandled, check)
		}) {
			return nil
		}
		return []directive{d}
	}
	return nil
}

// staticcheckCheck matches the names of staticcheck's checks.
var staticcheckCheck = regexp.MustCompile(`\b(SA|ST|S|QF)\d{4}\b`)

// parseNolint reads golangci-lint's notation: nolint[:name[,name]...] [// why]. There staticcheck is one linter, of many
// checks: which of them is meant, the explanation may say.
func parseNolint(text string) []directive {
	rest := strings.TrimPrefix(text, "nolint")
	if rest == "" || rest[0] == ' ' || rest[0] == '\t' {
		return []directive{{how: ByNolint}}
	}
	if rest[0] != ':' {
		return nil // some other word
	}
	list, why, _ := strings.Cut(rest[1:], "//")
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "":
		case "staticcheck":
			checks := staticcheckCheck.FindAllString(why, -1)
			if checks == nil {
				checks = []string{"SA*"}
			}
			names = append(names, checks...)
		default:
			names = append(names, name)
		}
	}
	if len(names) == 0 || slices.Contains(names, "all") {
		names = nil
	}
	return []directive{{how: ByNolint, names: names}}
}

// parseLint reads staticcheck's notation, which wants a reason.
func parseLint(c *ast.Comment) []directive {
	fields := strings.Fields(strings.TrimPrefix(authored(c), "//lint:"))
	if len(fields) < 3 || fields[0] != "ignore" && fields[0] != "file-ignore" {
		return nil
	}
	return []directive{{how: ByLintIgnore, names: strings.Split(fields[1], ","), file: fields[0] == "file-ignore"}}
}

// silences reports whether d speaks of rule. With ours false it does so only
// by the name of a peer: golangci-lint itself deals with the rest, and calls a
// directive unused if its finding has gone before.
func (d directive) silences(rule string, ours bool) bool {
	if len(d.names) == 0 {
		return ours
	}
	return slices.ContainsFunc(d.names, func(name string) bool {
		if name == "errvet" || name == rule {
			return ours || d.how != ByNolint
		}
		if d.how == ByIgnore {
			return false
		}
		return slices.ContainsFunc(covers(rule), func(peer string) bool {
			match, err := path.Match(name, peer) // staticcheck takes patterns
			return err == nil && match
		})
	})
}

// ruleNames is what directives may call a rule: its own name, and those under
// which other linters know what it looks for.
type ruleNames struct {
	name   string
	covers []string
}

// covers returns the names of other linters, and of their checks, that look
// for what the rule looks for.
func covers(rule string) []string {
	for _, r := range rules {
		if r.name == rule {
			return r.covers
		}
	}
	return nil
}

func isRule(name string) bool {
	return slices.ContainsFunc(rules, func(r ruleNames) bool { return r.name == name })
}

// An ignore is an //errvet:ignore directive as written.
type ignore struct {
	rules  []string
	reason string
	fault  string // case of the finding about it, or ""
	detail string
}

// parseIgnore reads //errvet:ignore RULE[,RULE]... reason. Its second result
// is false if c is no directive of errvet, or one of another pass.
func parseIgnore(c *ast.Comment) (ignore, bool) {
	if spaced := strings.TrimLeft(strings.TrimPrefix(c.Text, "//"), " \t"); strings.HasPrefix(spaced, "errvet:ignore") && !strings.HasPrefix(c.Text, "//errvet:") {
		return ignore{fault: "unknown-name", detail: "a directive has no space before its name: write //errvet:ignore RULE reason"}, true
	}
	d, ok := ast.ParseDirective(c.Pos(), authored(c))
	if !ok || d.Tool != "errvet" {
		return ignore{}, false
	}
	if slices.Contains(contracts, d.Name) {
		return ignore{}, false
	}
	if d.Name != "ignore" {
		return ignore{fault: "unknown-name", detail: "errvet knows no directive " + d.Name + ": it knows ignore, " + strings.Join(contracts, ", ")}, true
	}
	list, reason, _ := strings.Cut(strings.TrimSpace(d.Args), " ")
	ig := ignore{reason: strings.TrimLeft(reason, " \t-:/")}
	if list == "" {
		ig.fault, ig.detail = "no-reason", "errvet:ignore needs a rule and a reason: write //errvet:ignore RULE reason"
		return ig, true
	}
	for name := range strings.SplitSeq(list, ",") {
		if !isRule(name) {
			ig.fault, ig.detail = "unknown-rule", "errvet has no rule "+name+" to ignore"
			return ig, true
		}
		ig.rules = append(ig.rules, name)
	}
	if countWords(ig.reason) == 0 {
		ig.fault, ig.detail = "no-reason", "errvet:ignore needs a reason: write //errvet:ignore "+list+" reason"
	}
	return ig, true
}

// reportDirectives reports the directives that cannot work and, where
// everything is asked for, the others, so that a front end can tell which of
// them silence nothing.
func (r *Reporter) reportDirectives(pass *analysis.Pass) {
	for _, syntax := range pass.Files {
		if r.Skips(syntax.Package) {
			continue
		}
		for _, group := range syntax.Comments {
			for _, c := range group.List {
				if !strings.Contains(c.Text, "errvet:") {
					continue
				}
				ig, ok := parseIgnore(c)
				if !ok || ig.fault == "" && !r.settings.all {
					continue
				}
				d := analysis.Diagnostic{
					Pos: c.Pos(), End: c.End(),
					Category: Category{Rule: DirectiveRule, Case: ig.fault}.String(),
					Message:  ig.detail,
					URL:      pages + "internal/report",
				}
				if ig.fault == "" {
					d.Category = Category{Rule: DirectiveRule, Case: "ignore"}.String()
					d.Message = "findings of " + strings.Join(ig.rules, ", ") + " are ignored here: " + ig.reason
				}
				pass.Report(d)
			}
		}
	}
}
