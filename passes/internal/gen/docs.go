package main

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sections are those of a rule's documentation, in order. The last may be left
// out by a rule that has no settings.
var sections = []string{"What is flagged", "Why it is harmful", "How to fix it", "When it is silent", "Settings"}

// A ruleDoc is the documentation of a rule, from the comment in its doc.go.
type ruleDoc struct {
	summary string // what the rule does, as "finds calls whose error nobody takes"
	blocks  []string
	parts   []string // headings
}

// readDoc reads and checks passes/RULE/doc.go.
func readDoc(root, rule string) (*ruleDoc, error) {
	name := filepath.Join(root, "passes", rule, "doc.go")
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		return nil, fmt.Errorf("documentation of %s: %w", rule, err)
	}
	d, err := parseDoc(rule, file)
	if err != nil {
		return nil, err
	}
	if err := d.checkBlocks(root, rule); err != nil {
		return nil, err
	}
	return d, nil
}

func parseDoc(rule string, file *ast.File) (*ruleDoc, error) {
	text := file.Doc.Text()
	synopsis := new(doc.Package).Synopsis(text)
	summary, ok := strings.CutPrefix(synopsis, "Package "+rule+" ")
	if !ok {
		return nil, fmt.Errorf("documentation of %s: its first sentence is %q, want \"Package %s …\"", rule, synopsis, rule)
	}
	d := &ruleDoc{summary: strings.TrimSuffix(summary, ".")}
	for _, block := range new(comment.Parser).Parse(text).Content {
		switch block := block.(type) {
		case *comment.Heading:
			var b strings.Builder
			for _, t := range block.Text {
				if plain, ok := t.(comment.Plain); ok {
					b.WriteString(string(plain))
				}
			}
			d.parts = append(d.parts, b.String())
		case *comment.Code:
			d.blocks = append(d.blocks, block.Text)
		}
	}
	if !slices.Equal(d.parts, sections) && !slices.Equal(d.parts, sections[:len(sections)-1]) {
		return nil, fmt.Errorf("documentation of %s: its sections are %q, want %q (the last only where there are settings)", rule, d.parts, sections)
	}
	return d, nil
}

// checkBlocks makes sure that each example is a run of lines of the tested
// file testdata/RULE/example.go, at whatever depth it stands there, or of what
// fixes make of it, or of the files in testdata/RULE/companion.
func (d *ruleDoc) checkBlocks(root, rule string) error {
	if len(d.blocks) == 0 {
		return fmt.Errorf("documentation of %s: it has no example", rule)
	}
	name := filepath.Join(root, "testdata", rule, "example.go")
	content, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("examples of %s: %w", rule, err)
	}
	source := plainLines(string(content))
	golden, err := filepath.Glob(filepath.Join(root, "testdata", rule, "companion", "*.golden"))
	if err != nil {
		return fmt.Errorf("examples of %s: %w", rule, err)
	}
	if fixed := name + ".golden"; exists(fixed) {
		golden = append(golden, fixed)
	}
	for _, name := range golden {
		content, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("examples of %s: %w", rule, err)
		}
		source = append(append(source, ""), plainLines(string(content))...)
	}
	for _, block := range d.blocks {
		if !contains(source, plainLines(block)) {
			return fmt.Errorf("documentation of %s: this example is not in testdata/%s/example.go:\n%s", rule, rule, block)
		}
	}
	return nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// plainLines returns the lines of code without their common depth and without
// expectations of the test.
func plainLines(code string) []string {
	var lines []string
	for line := range strings.Lines(code) {
		line, _, _ = strings.Cut(line, "// want ")
		lines = append(lines, strings.TrimRight(strings.ReplaceAll(line, "    ", "\t"), " \t\r\n"))
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// contains reports whether part is a run of lines of whole, all moved by the
// same number of tabs.
func contains(whole, part []string) bool {
	for start := 0; start+len(part) <= len(whole); start++ {
		first := whole[start]
		depth, ok := strings.CutSuffix(first, part[0])
		if !ok || strings.Trim(depth, "\t") != "" {
			continue
		}
		same := true
		for i, line := range part {
			if line != "" {
				line = depth + line
			}
			same = same && whole[start+i] == line
		}
		if same {
			return true
		}
	}
	return false
}
