// Package sarif writes findings in the Static Analysis Results Interchange Format, version 2.1.0, which code hosts and
// editors read.
package sarif

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/baseline"
	"github.com/errvet/errvet/cmd/errvet/internal/finding"
	"github.com/errvet/errvet/cmd/errvet/internal/source"
	"github.com/errvet/errvet/passes"
)

// A Report is what is written.
type Report struct {
	Version  string // of the program; may be empty
	Root     string // what file names are relative to
	Rules    []passes.Rule
	Findings []*finding.Finding
	Troubles []string // what could not be checked, a sentence each
	ExitCode int
	Files    *source.Files
}

// rootBase is the name that file names are relative to, as code hosts expect it.
const rootBase = "%SRCROOT%"

// Write writes the report as one JSON value.
func (r *Report) Write(w io.Writer) error {
	out := run{
		Tool:       tool{driver{Name: "errvet", Version: r.Version, InformationURI: "https://github.com/errvet/errvet", Rules: []rule{}}},
		Bases:      map[string]artifactLocation{rootBase: {URI: fileURI(r.Root) + "/"}},
		ColumnKind: "utf16CodeUnits",
		Results:    []result{},
	}
	inv := invocation{ExecutionSuccessful: len(r.Troubles) == 0, ExitCode: r.ExitCode}
	for _, t := range r.Troubles {
		inv.Notifications = append(inv.Notifications, notification{Level: "error", Message: message{Text: t}})
	}
	out.Invocations = []invocation{inv}
	index := make(map[string]int)
	for i, row := range r.Rules {
		index[row.Name()] = i
		out.Tool.Driver.Rules = append(out.Tool.Driver.Rules, describe(row))
	}
	seen := make(map[baseline.Print]int)
	for _, f := range r.Findings {
		i, ok := index[f.Rule]
		if !ok {
			i = -1
		}
		print := baseline.Of(f, r.Files)
		seen[print]++
		out.Results = append(out.Results, r.result(f, i, fmt.Sprintf("%s:%d", print, seen[print])))
	}
	data, err := json.MarshalIndent(sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []run{out},
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("encoding SARIF: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

func describe(row passes.Rule) rule {
	a := row.Analyzer
	short, _, _ := strings.Cut(a.Doc, "\n")
	return rule{
		ID: row.Name(), ShortDescription: message{Text: strings.TrimPrefix(short, row.Name()+": ")}, FullDescription: message{Text: a.Doc},
		Help: message{Text: a.Doc, Markdown: markdown(a.Doc)}, HelpURI: a.URL, Configuration: configuration{"warning"},
	}
}

func (r *Report) result(f *finding.Finding, index int, print string) result {
	out := result{
		RuleID: f.Rule, RuleIndex: index, Level: "warning", Message: message{Text: f.Message},
		Locations:  []location{{Physical: r.physical(f.Pos, f.End)}},
		Prints:     map[string]string{"errvet/v1": print},
		Properties: map[string]string{"case": f.Case, "tier": f.Tier.String(), "fixClass": f.Fix.String()},
	}
	if f.Tier == passes.Strict {
		out.Level = "note"
	}
	if len(f.Steps) > 0 {
		var flow threadFlow
		for _, s := range f.Steps {
			flow.Locations = append(flow.Locations, threadFlowLocation{location{r.physical(s.Pos, s.End), &message{Text: s.Text}}})
		}
		out.CodeFlows = []codeFlow{{[]threadFlow{flow}}}
	}
	if f.Suggest != nil && len(f.Suggest.Edits) > 0 {
		change := artifactChange{Artifact: r.artifact(f.Suggest.Edits[0].Filename)}
		for _, e := range f.Suggest.Edits {
			var d region
			d.StartLine, d.StartColumn = r.Files.Place(e.Filename, e.Start)
			d.EndLine, d.EndColumn = r.Files.Place(e.Filename, e.End)
			change.Replacements = append(change.Replacements, replacement{d, content{e.New}})
		}
		out.Fixes = []fix{{message{Text: f.Suggest.Message}, []artifactChange{change}}}
	}
	if f.Silenced() {
		why := "silenced by " + f.Silence.How
		if f.Silence.Line > 0 {
			why += " in line " + strconv.Itoa(f.Silence.Line)
		}
		out.Suppressions = []suppression{{Kind: "inSource", Justification: why}}
	}
	return out
}

func (r *Report) physical(pos, end finding.Position) physicalLocation {
	g := region{StartLine: max(pos.Line, 1)}
	if pos.Col > 0 {
		g.StartColumn = r.Files.Column16(pos.File, pos.Line, pos.Col)
	}
	if end.File == pos.File && end.Line >= pos.Line && end.Col > 0 {
		g.EndLine, g.EndColumn = end.Line, r.Files.Column16(end.File, end.Line, end.Col)
	}
	return physicalLocation{r.artifact(pos.File), g}
}

// artifact names a file relative to the root if it lies below it.
func (r *Report) artifact(name string) artifactLocation {
	if rel, err := filepath.Rel(r.Root, name); err == nil && filepath.IsLocal(rel) {
		return artifactLocation{URI: (&url.URL{Path: filepath.ToSlash(rel)}).String(), Base: rootBase}
	}
	return artifactLocation{URI: fileURI(name)}
}

func fileURI(name string) string {
	path := filepath.ToSlash(name)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: strings.TrimSuffix(path, "/")}).String()
}
