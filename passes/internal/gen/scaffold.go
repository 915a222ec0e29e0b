package main

import (
	"bytes"
	"fmt"
	"go/format"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"text/template"
)

// A beginning is a new rule: its name, and the class of losses of errflow that
// it reports.
type beginning struct{ Rule, Class string }

var ruleName = regexp.MustCompile(`^[a-z]+$`)

// begin writes the files of a new rule and its row in the table.
func begin(root, rule, class string, out io.Writer) error {
	if !ruleName.MatchString(rule) {
		return fmt.Errorf("rule %q: a name is lower-case letters, like the directory of a Go package", rule)
	}
	if _, err := os.Stat(filepath.Join(root, "passes", rule)); err == nil {
		return fmt.Errorf("rule %s: there is a directory passes/%[1]s already", rule)
	}
	files, err := scaffold(root, beginning{rule, class})
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := writeFile(filepath.Join(root, filepath.FromSlash(file.name)), file.content); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, "wrote", file.name); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "Write testdata/%s first, then the sentence and the documentation, then run go generate ./passes.\n", rule)
	return err
}

// scaffold returns the files of a new rule, among them the table with its row.
func scaffold(root string, b beginning) ([]product, error) {
	var files []product
	for _, f := range []struct {
		name string
		text *template.Template
	}{
		{"passes/%s/doc.go", docTemplate},
		{"passes/%s/%[1]s.go", ruleTemplate},
		{"passes/%s/%[1]s_test.go", testTemplate},
		{"testdata/%s/%[1]s.go", casesTemplate},
		{"testdata/%s/example.go", exampleTemplate},
	} {
		content, err := goSource(f.name, f.text, b)
		if err != nil {
			return nil, err
		}
		files = append(files, product{fmt.Sprintf(f.name, b.Rule), content})
	}
	table, err := tableWith(root, b)
	if err != nil {
		return nil, err
	}
	return append(files, table), nil
}

// tableWith returns the table with a row for b at its end.
func tableWith(root string, b beginning) (product, error) {
	const name = "passes/passes.go"
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		return product{}, fmt.Errorf("the table of rules: %w", err)
	}
	head, rest, ok := bytes.Cut(content, []byte("var Rules = []Rule{\n"))
	rows, tail, ok2 := bytes.Cut(rest, []byte("\n}\n"))
	imports := []byte("\t\"" + modulePath + "/passes/internal/known\"\n")
	if !ok || !ok2 || !bytes.Contains(head, imports) {
		return product{}, fmt.Errorf("the table of rules: %s has no \"var Rules = []Rule{\" or does not import known", name)
	}
	var out bytes.Buffer
	out.Write(bytes.Replace(head, imports, append([]byte("\t\""+modulePath+"/passes/"+b.Rule+"\"\n"), imports...), 1))
	out.WriteString("var Rules = []Rule{\n")
	out.Write(rows)
	fmt.Fprintf(&out, "\n\t{\n\t\tAnalyzer: %s.Analyzer,\n\t\tGroup: Losses,\n\t\tBecause: \"\",\n\t},\n}\n", b.Rule)
	out.Write(tail)
	source, err := format.Source(out.Bytes())
	if err != nil {
		return product{}, fmt.Errorf("the table of rules: %w", err)
	}
	return product{name, source}, nil
}

var docTemplate = template.Must(template.New("doc").Parse(`// Package {{.Rule}} finds [what gets lost, in one sentence].
//
// # What is flagged
//
// [The default tier, case by case, each with an example.]
//
//	lose()
//
// # Why it is harmful
//
// [What goes wrong in production, for whom.]
//
// # How to fix it
//
// [The code that is right.]
//
// # When it is silent
//
// [Each idiom that looks alike and is right.]
package {{.Rule}}
`))

var ruleTemplate = template.Must(template.New("rule").Parse(`package {{.Rule}}

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/passes/internal/errflow"
	"github.com/errvet/errvet/passes/internal/report"
	"github.com/errvet/errvet/passes/internal/tell"
)

// Analyzer reports [what gets lost].
var Analyzer = &analysis.Analyzer{
	Name:     "{{.Rule}}",
	Doc:      "find [what gets lost]",
	URL:      "https://pkg.go.dev/github.com/errvet/errvet/passes/{{.Rule}}",
	Requires: []*analysis.Analyzer{errflow.Analyzer, report.Analyzer},
	Run:      tell.Losses(errflow.{{.Class}}, false, sentence),
}

func sentence(pass *analysis.Pass, l *errflow.Loss) string {
	return fmt.Sprintf("the error of %s (line %d) gets lost", l.Value.What(), tell.Line(pass, l.Value.Pos()))
}
`))

var testTemplate = template.Must(template.New("test").Parse(`package {{.Rule}}_test

import (
	"testing"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/{{.Rule}}"
)

func Test(t *testing.T) { passtest.Run(t, {{.Rule}}.Analyzer, "./{{.Rule}}/...") }
`))

var casesTemplate = template.Must(template.New("cases").Parse(`// Package {{.Rule}} holds what the rule flags (bad…) and, at least twice as
// often, what it must not (ok…).
package {{.Rule}}
`))

var exampleTemplate = template.Must(template.New("example").Parse(`package {{.Rule}}

// The examples of the documentation.

func lose() error { return nil }

func example() {
	lose()
}
`))
