package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/doc/comment"
	"io"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/internal/nearest"
	"github.com/errvet/errvet/passes"
)

// explain shows the page of a rule.
func (p *program) explain(_ context.Context, args []string) (int, error) {
	if len(args) != 1 {
		return exitFailed, errors.New("explain wants the name of one rule; errvet rules lists them")
	}
	rule, ok := p.suite.rule(args[0])
	if members := passes.Members(p.suite.Rules, args[0]); !ok && len(members) > 0 {
		return exitClean, write(p.stdout, p.groupPage(args[0], members))
	}
	if !ok {
		return exitFailed, p.noSuchRule(args[0])
	}
	return exitClean, write(p.stdout, p.page(rule))
}

// groupPage lists the rules of a group.
func (p *program) groupPage(name string, members []string) string {
	var b strings.Builder
	for _, g := range passes.Groups {
		if string(g.Name) == name {
			fmt.Fprintf(&b, "%s, a group of rules: %s\n\n", g.Name, g.About)
		}
	}
	for _, member := range members {
		if r, ok := p.suite.rule(member); ok {
			fmt.Fprintf(&b, "    %-12s %s\n", member, summary(r.Analyzer))
		}
	}
	fmt.Fprintf(&b, "\nerrvet -%s runs only these, errvet -%[1]s=false all others.\n", name)
	return b.String()
}

// noSuchRule names the rule that was probably meant.
func (p *program) noSuchRule(name string) error {
	if near, ok := nearest.Of(name, p.ruleWords()); ok {
		return fmt.Errorf("no rule is called %s; did you mean %s?", name, near)
	}
	return fmt.Errorf("no rule is called %s; errvet rules lists them", name)
}

// page lays out the documentation of a rule for the width of the screen.
func (p *program) page(rule passes.Rule) string {
	a := rule.Analyzer
	width := 80
	if s := term.NewScreen(p.stdout, term.Never); s.Width > 0 {
		width = min(s.Width, 100)
	}
	doc := new(comment.Parser).Parse(a.Doc)
	text := new(comment.Printer)
	text.TextWidth = width - 4
	text.TextPrefix = "    "
	text.TextCodePrefix = "        "
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s tier\n\n%s", a.Name, rule.Tier, text.Text(doc))
	if rule.Because != "" {
		fmt.Fprintf(&b, "\nWhy it is in this tier\n\n    %s\n", rule.Because)
	}
	if settings := p.settingsOf(a); settings != "" {
		fmt.Fprintf(&b, "\nFlags\n\n%s", settings)
	}
	if a.URL != "" {
		fmt.Fprintf(&b, "\n%s\n", a.URL)
	}
	return b.String()
}

func (p *program) settingsOf(a *analysis.Analyzer) string {
	var b strings.Builder
	a.Flags.VisitAll(func(f *flag.Flag) {
		if name := a.Name + "." + f.Name; p.isSetting(name) {
			arg, about := flag.UnquoteUsage(f)
			fmt.Fprintf(&b, "    -%s\n        %s\n", strings.TrimSpace(name+" "+argName(f, arg)), about)
		}
	})
	return b.String()
}

// rules lists the rules.
func (p *program) rules(_ context.Context, args []string) (int, error) {
	if len(args) != 0 {
		return exitFailed, errors.New("rules takes no arguments; errvet explain RULE shows one")
	}
	return exitClean, write(p.stdout, p.ruleTable())
}

func (p *program) ruleTable() string {
	width := 0
	for _, word := range p.ruleWords() {
		width = max(width, len(word))
	}
	var b strings.Builder
	for _, r := range p.suite.Rules {
		fmt.Fprintf(&b, "    %-*s  %-7s  %s\n", width, r.Name(), r.Tier, summary(r.Analyzer))
	}
	b.WriteString("\nGroups of rules, switched in the same way:\n\n")
	for _, g := range passes.Groups {
		if members := passes.Members(p.suite.Rules, string(g.Name)); len(members) > 0 {
			fmt.Fprintf(&b, "    %-*s  %s: %s\n", width, g.Name, g.About, strings.Join(members, ", "))
		}
	}
	return b.String()
}

// help shows the usage text, or the page of a rule.
func (p *program) help(ctx context.Context, args []string) (int, error) {
	if len(args) > 0 {
		if text, ok := topic(args[0]); ok {
			return exitClean, write(p.stdout, text)
		}
		return p.explain(ctx, args)
	}
	return exitClean, p.usage(p.stdout)
}

// usage writes what errvet can do.
func (p *program) usage(w io.Writer) error {
	var b strings.Builder
	b.WriteString("errvet reports errors that get lost between where they are born and where they should end.\n\nUsage:\n\n" +
		"    errvet [flags] [packages]    check packages; the one of the current directory if none is named\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "    %-28s %s\n", strings.TrimSpace("errvet "+c.name+" "+c.args), c.about)
	}
	b.WriteString("    go vet -vettool=$(which errvet) [packages]\n    go fix -fixtool=$(which errvet) [packages]\n\n" +
		"Exit codes: 0 nothing found, 1 findings, 2 something could not be checked.\n\nFlags:\n\n")
	rules := make(map[string]bool)
	for _, word := range p.ruleWords() {
		rules[word] = true
	}
	p.flags(&options{rules: make(map[string]bool)}).VisitAll(func(f *flag.Flag) {
		rule, _, _ := strings.Cut(f.Name, ".")
		if rules[rule] {
			return
		}
		arg, about := flag.UnquoteUsage(f)
		fmt.Fprintf(&b, "    %-22s %s\n", strings.TrimSpace("-"+f.Name+" "+argName(f, arg)), about)
	})
	b.WriteString("\nRules, each switched by a flag of its name: -RULE runs only those named, -RULE=false all others:\n\n")
	b.WriteString(p.ruleTable())
	return write(w, b.String())
}

// argName leaves away the argument of flags that need none.
func argName(f *flag.Flag, arg string) string {
	if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
		return ""
	}
	return arg
}
