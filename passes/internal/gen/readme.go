package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/errvet/errvet/passes"
)

// The table in the README stands between these lines.
const (
	tableBegin = "<!-- BEGIN rules (written by passes/internal/gen) -->\n"
	tableEnd   = "<!-- END rules -->"
)

// readmeWithTable returns the README with its table of rules brought up to date.
func readmeWithTable(root string, rules []passes.Rule, docs map[string]*ruleDoc) ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		return nil, fmt.Errorf("table of rules: %w", err)
	}
	head, rest, ok := bytes.Cut(content, []byte(tableBegin))
	_, tail, ok2 := bytes.Cut(rest, []byte(tableEnd))
	if !ok || !ok2 {
		return nil, fmt.Errorf("table of rules: README.md has no lines %q and %q", strings.TrimSpace(tableBegin), tableEnd)
	}
	var b bytes.Buffer
	b.Write(head)
	b.WriteString(tableBegin)
	b.WriteString("| rule | finds | tier | fix | as named elsewhere |\n|---|---|---|---|---|\n")
	for _, rule := range rules {
		fix, err := fixable(root, rule.Name())
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "| [%s](https://pkg.go.dev/%s/passes/%s) | %s | %s | %s | %s |\n", rule.Name(), modulePath, rule.Name(),
			strings.TrimPrefix(docs[rule.Name()].summary, "finds "), rule.Tier, fix, strings.Join(rule.Covers, ", "))
	}
	b.WriteString(tableEnd)
	b.Write(tail)
	return b.Bytes(), nil
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
