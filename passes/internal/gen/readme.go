package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/errvet/errvet/passes"
)

// A section is a part of the README that is written here. It stands between
// two lines of its own.
type section struct {
	begin, end string
	required   bool
	content    func() (string, error)
}

// The lines around the sections.
const (
	tableBegin = "<!-- BEGIN rules (written by passes/internal/gen) -->\n"
	tableEnd   = "<!-- END rules -->"
	shopBegin  = "<!-- BEGIN shop (written by passes/internal/gen) -->\n"
	shopEnd    = "<!-- END shop -->"
)

// readmeWithSections returns the README with its sections brought up to date.
func readmeWithSections(root string, rules []passes.Rule, docs map[string]*ruleDoc) ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		return nil, fmt.Errorf("sections of the README: %w", err)
	}
	for _, s := range []section{
		{tableBegin, tableEnd, true, func() (string, error) { return ruleTable(root, rules, docs) }},
		{shopBegin, shopEnd, false, func() (string, error) { return shopReport(root) }},
	} {
		head, rest, ok := bytes.Cut(content, []byte(s.begin))
		_, tail, ok2 := bytes.Cut(rest, []byte(s.end))
		if !ok && !s.required {
			continue
		}
		if !ok || !ok2 {
			return nil, fmt.Errorf("sections of the README: README.md has no lines %q and %q", strings.TrimSpace(s.begin), s.end)
		}
		text, err := s.content()
		if err != nil {
			return nil, err
		}
		content = bytes.Join([][]byte{head, []byte(s.begin), []byte(text), []byte(s.end), tail}, nil)
	}
	return content, nil
}

// ruleTable returns the table of rules.
func ruleTable(root string, rules []passes.Rule, docs map[string]*ruleDoc) (string, error) {
	var b strings.Builder
	b.WriteString("| rule | finds | tier | fix | as named elsewhere |\n|---|---|---|---|---|\n")
	for _, rule := range rules {
		fix, err := fixable(root, rule.Name())
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "| [%s](https://pkg.go.dev/%s/passes/%s) | %s | %s | %s | %s |\n", rule.Name(), modulePath, rule.Name(),
			strings.TrimPrefix(docs[rule.Name()].summary, "finds "), rule.Tier, fix, strings.Join(rule.Covers, ", "))
	}
	return b.String(), nil
}

// fixable tells whether the rule offers fixes, which is so if its testdata has
// a file that shows them.
func fixable(root, rule string) (string, error) {
	golden, err := filepath.Glob(filepath.Join(root, "testdata", rule, "*.golden"))
	if err != nil {
		return "", fmt.Errorf("fixes of %s: %w", rule, err)
	}
	if len(golden) > 0 {
		return "yes", nil
	}
	return "", nil
}

// shopArgs make errvet report on the part of the example that the README shows.
var shopArgs = []string{"-C", "testdata", "-color=never", "./shop/payment"}

// shopReport returns what errvet says of the example. It is the program itself
// that says it: the README shows what a reader will see.
func shopReport(root string) (string, error) {
	cmd := exec.Command("go", append([]string{"run", "./cmd/errvet"}, shopArgs...)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		return "", errors.New("errvet on the example: it found nothing")
	}
	if !bytes.Contains(stderr.Bytes(), []byte("exit status 1\n")) { // go run's way to tell the program's exit code
		return "", fmt.Errorf("errvet on the example: %w\n%s", err, stderr.Bytes())
	}
	return "```\n" + strings.TrimRight(strings.ReplaceAll(string(out), "\r\n", "\n"), "\n") + "\n```\n", nil
}
