package sarif

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"

	library "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/xeipuuv/gojsonschema"
	"golang.org/x/tools/go/analysis"

	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/source"
	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
	"github.com/errvet/errvet/passes"
)

// officialSchema returns the schema of SARIF 2.1.0. It is that of a library, which keeps it to itself and checks only
// what it would write itself, so it is read from the library's source.
var officialSchema = sync.OnceValues(func() (*gojsonschema.Schema, error) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", reflect.TypeFor[library.Report]().PkgPath()).Output()
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(out)), "schema.go"), nil, 0)
	if err != nil {
		return nil, err
	}
	text := file.Scope.Lookup("schema").Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value
	unquoted, err := strconv.Unquote(text)
	if err != nil {
		return nil, err
	}
	return gojsonschema.NewSchema(gojsonschema.NewStringLoader(unquoted))
})

// write returns what the report writes, after holding it against the schema and having another implementation read it.
func write(t *testing.T, r *Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	parsed, err := library.FromString(b.String())
	if err != nil || len(parsed.Runs) != 1 || len(parsed.Runs[0].Results) != len(r.Findings) {
		t.Errorf("read back: %v, %+v", err, parsed)
	}
	schema, err := officialSchema()
	if err != nil {
		t.Fatal(err)
	}
	checked, err := schema.Validate(gojsonschema.NewStringLoader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range checked.Errors() {
		t.Errorf("against the schema: %s", e)
	}
	return b.String()
}

// TestSchema makes sure that the check above can fail.
func TestSchema(t *testing.T) {
	schema, err := officialSchema()
	if err != nil {
		t.Fatal(err)
	}
	checked, err := schema.Validate(gojsonschema.NewStringLoader(`{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": 1}}}]}`))
	if err != nil || checked.Valid() {
		t.Errorf("a wrong report passed: %v", err)
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a b.go")
	if err := os.WriteFile(name, []byte("package a\n\nfunc f() {\n\tg(\"🙂\"); h()\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	at := func(line, col int) finding.Position { return finding.Position{File: name, Line: line, Col: col} }
	rule := passes.Rule{Analyzer: &analysis.Analyzer{Name: "lost", Doc: "find lost errors\n\n# Cases\n\nThis:\n\n\tf()\n", URL: "https://example.com/lost"}}
	report := &Report{
		Version: "v1", Root: dir, Rules: []passes.Rule{rule}, Files: new(source.Files), ExitCode: 2, Troubles: []string{"p could not be checked"},
		Findings: []*finding.Finding{
			{
				Category: passes.Category{Rule: "lost", Case: "call", Fix: passes.Safe}, Package: "a", Pos: at(4, 13), End: at(4, 16), Message: "h is lost",
				Steps:   []finding.Step{{Pos: at(3, 1), End: at(3, 5), Text: "born here"}, {Pos: at(4, 13), End: at(4, 16), Text: "lost here"}},
				Suggest: &vetjson.Fix{Message: "say so", Edits: []vetjson.Edit{{Filename: name, Start: 34, End: 34, New: "_ = "}}},
			},
			{Category: passes.Category{Rule: "other", Case: "x", Tier: passes.Strict, Silence: passes.Category{}.Silence}, Package: "a", Pos: at(4, 2), End: at(4, 13), Message: "m"},
			{Category: passes.Category{Rule: "other", Case: "x"}, Package: "a", Pos: at(4, 2), Message: "m"},
			{Category: passes.Category{Rule: "lost", Case: "x"}, Package: "a", Pos: finding.Position{File: "/elsewhere/x.y", Line: 1}, Message: "m"},
		},
	}
	report.Findings[1].Silence.How, report.Findings[1].Silence.Line = "ignore", 3
	out := write(t, report)
	var log struct {
		Runs []struct {
			Results []map[string]any
			Tool    struct {
				Driver struct{ Rules []map[string]any }
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	text := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	results := log.Runs[0].Results
	for _, test := range []struct {
		what, got, want string
	}{
		{"location", text(results[0]["locations"]), `[{"physicalLocation":{"artifactLocation":{"uri":"a%20b.go","uriBaseId":"%SRCROOT%"},"region":{"endColumn":14,"endLine":4,"startColumn":11,"startLine":4}}}]`},
		{"steps", text(results[0]["codeFlows"]), `[{"threadFlows":[{"locations":[{"location":{"message":{"text":"born here"},"physicalLocation":{"artifactLocation":{"uri":"a%20b.go","uriBaseId":"%SRCROOT%"},"region":{"endColumn":5,"endLine":3,"startColumn":1,"startLine":3}}}},{"location":{"message":{"text":"lost here"},"physicalLocation":{"artifactLocation":{"uri":"a%20b.go","uriBaseId":"%SRCROOT%"},"region":{"endColumn":14,"endLine":4,"startColumn":11,"startLine":4}}}}]}]}]`},
		{"fix", text(results[0]["fixes"]), `[{"artifactChanges":[{"artifactLocation":{"uri":"a%20b.go","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"endColumn":11,"endLine":4,"startColumn":11,"startLine":4},"insertedContent":{"text":"_ = "}}]}],"description":{"text":"say so"}}]`},
		{"index", text([]any{results[0]["ruleIndex"], results[1]["ruleIndex"]}), `[0,-1]`},
		{"level", text([]any{results[0]["level"], results[1]["level"]}), `["warning","note"]`},
		{"suppression", text(results[1]["suppressions"]), `[{"justification":"silenced by ignore in line 3","kind":"inSource"}]`},
		{"elsewhere", text(results[3]["locations"]), `[{"physicalLocation":{"artifactLocation":{"uri":"file:///elsewhere/x.y"},"region":{"startLine":1}}}]`},
		{"help", text(log.Runs[0].Tool.Driver.Rules[0]["help"].(map[string]any)["markdown"]), `"find lost errors\n\n### Cases\n\nThis:\n\n\tf()\n"`},
	} {
		if test.got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.what, test.got, test.want)
		}
	}
	// Equal findings are told apart by their number.
	a, b := results[1]["partialFingerprints"].(map[string]any)["errvet/v1"].(string), results[2]["partialFingerprints"].(map[string]any)["errvet/v1"].(string)
	if a[:16] != b[:16] || a[16:] != ":1" || b[16:] != ":2" {
		t.Errorf("fingerprints %s and %s", a, b)
	}
}

func TestWriteNothing(t *testing.T) {
	out := write(t, &Report{Root: t.TempDir(), Files: new(source.Files)})
	if !strings.Contains(out, `"results": []`) {
		t.Errorf("without findings there are no results:\n%s", out)
	}
}
