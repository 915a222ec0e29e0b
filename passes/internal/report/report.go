// Package report is the one place from which errvet's findings leave.
//
// A rule hands it a [Finding]; the [Reporter] decides whether anyone wants to
// hear of it (tier, test files, generated files, the author's stated intent)
// and in which form: position, category, page of the rule, steps of the
// error's path, and at most one fix.
package report

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

// pages is where the documentation of the rules is found, one page a rule.
const pages = "https://pkg.go.dev/github.com/errvet/errvet/passes/"

// Analyzer holds the settings that all rules share, as flags, and gives each
// package its [Reporter]. By itself it reports only directives that are wrong.
//
// Run reads the flags of pass.Analyzer, not of this variable, so that a copy
// with its own FlagSet has its own settings (see passes.New).
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name: "errvet",
		Doc: "settings of the errvet suite, and a check of its //errvet: directives\n\n" +
			"The rules report through this analyzer. It adds findings of its own for directives that\n" +
			"cannot work: an unknown name, an unknown rule, or a missing reason.",
		URL:        pages[:len(pages)-1],
		Requires:   []*analysis.Analyzer{inspect.Analyzer},
		Run:        run,
		ResultType: reflect.TypeFor[*Reporter](),
	}
	registerSettings(&a.Flags)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	settings, err := settingsOf(&pass.Analyzer.Flags)
	if err != nil {
		return nil, err
	}
	r := &Reporter{
		settings: settings,
		fset:     pass.Fset,
		inspect:  pass.ResultOf[inspect.Analyzer].(*inspector.Inspector),
		files:    make(map[*token.File]*file, len(pass.Files)),
	}
	for _, syntax := range pass.Files {
		r.files[pass.Fset.File(syntax.Package)] = newFile(pass.Fset, syntax)
	}
	r.reportDirectives(pass)
	return r, nil
}

// Of returns the Reporter of the package under analysis. It goes by the type
// of the result, since a driver may run a copy of [Analyzer]; it returns nil
// if the analyzer of pass does not require one.
func Of(pass *analysis.Pass) *Reporter {
	for _, result := range pass.ResultOf {
		if r, ok := result.(*Reporter); ok {
			return r
		}
	}
	return nil
}

// A Reporter takes the findings of one package. It is safe for concurrent use
// by the rules of that package.
type Reporter struct {
	settings settings
	fset     *token.FileSet
	inspect  *inspector.Inspector
	files    map[*token.File]*file
}

// A Finding is one error that gets lost at one place.
type Finding struct {
	Rule string // the rule's name, which is its analyzer's and its directory's
	Case string // what kind of the rule's findings this is; lower case, words joined by hyphens
	Tier Tier

	Pos, End token.Pos // the statement where the error gets lost
	Message  string    // lower case, no rule name, no full stop; names the call and the lines
	Path     []Step    // how the error got there, in order

	// Deliberate holds the nodes whose comments may say that the loss is
	// meant: the losing branch (a block or a clause: comments inside it) or the
	// discarding statement (comments on it or directly above). None for a rule
	// about mistakes, which no comment makes right.
	Deliberate []ast.Node
	// Also holds further places where a directive silences the finding: the
	// call, the enclosing handler.
	Also []ast.Node

	Callee string // name of the function or method whose error is lost, without package or receiver
	Func   string // name of the enclosing declared function

	// Fix makes the repair, if there is one. It is asked only for findings that somebody hears of.
	Fix func() *Fix
}

// A Fix is one repair of one finding: edits in its file.
type Fix struct {
	Message string // an imperative: what it does
	Edits   []analysis.TextEdit
	Class   FixClass // NoFix withholds it
}

// A Step is one step of an error's path: where it was born, tested, lost.
type Step struct {
	Pos, End token.Pos
	Text     string
}

// Skips reports whether findings at pos go nowhere whatever they are: in
// generated files, and in test files unless these are asked for. Rules may use
// it to save work.
func (r *Reporter) Skips(pos token.Pos) bool {
	f := r.files[r.fset.File(pos)]
	return f == nil || f.generated || f.test && !r.settings.tests
}

// Report passes f on to the driver of pass if the settings and the code around
// it leave it standing.
func (r *Reporter) Report(pass *analysis.Pass, f Finding) {
	if r.Skips(f.Pos) || f.Tier == Strict && !r.settings.strict {
		return
	}
	silence := r.silence(f)
	if silence.How != "" && !r.settings.showSilenced {
		return
	}
	var fix *analysis.SuggestedFix
	class := NoFix
	if silence.How == "" { // what is meant to be lost is not mended
		fix, class = r.fix(f)
	}
	d := analysis.Diagnostic{
		Pos:      f.Pos,
		End:      f.End,
		Category: Category{Rule: f.Rule, Case: f.Case, Tier: f.Tier, Fix: class, Silence: silence}.String(),
		Message:  f.Message,
		URL:      pages + f.Rule,
	}
	if fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	if silence.How != "" && !r.settings.all {
		d.Message += " (silenced: " + silence.How + ")" // who asks for all reads the category
	}
	if r.settings.related {
		d.Related = r.related(f)
	}
	pass.Report(d)
}

// related returns the steps of f's path that lie in its file: golangci-lint
// moves a diagnostic to a step in another file, and SARIF viewers lose it.
func (r *Reporter) related(f Finding) []analysis.RelatedInformation {
	home := r.fset.File(f.Pos)
	var steps []analysis.RelatedInformation
	for _, s := range f.Path {
		if s.Pos.IsValid() && r.fset.File(s.Pos) == home {
			steps = append(steps, analysis.RelatedInformation{Pos: s.Pos, End: s.End, Message: s.Text})
		}
	}
	return steps
}

// fix returns the fix to attach to f, and its class. A fix that needs review
// has its class reported even where the settings withhold its edits, so that a
// list of findings can say what could be fixed.
func (r *Reporter) fix(f Finding) (*analysis.SuggestedFix, FixClass) {
	if f.Fix == nil || r.moved(r.fset.File(f.Pos).Pos(0)) {
		return nil, NoFix
	}
	fix := f.Fix()
	if fix == nil || fix.Class == NoFix || len(fix.Edits) == 0 {
		return nil, NoFix
	}
	home := r.fset.File(f.Pos)
	for _, e := range fix.Edits {
		if r.fset.File(e.Pos) != home || e.End.IsValid() && (r.fset.File(e.End) != home || e.End < e.Pos) || r.moved(e.Pos) {
			return nil, NoFix // drivers apply one file's edits; half a fix is none
		}
	}
	suggested := &analysis.SuggestedFix{Message: fix.Message, TextEdits: fix.Edits}
	if fix.Class == Review {
		if !r.settings.review {
			return nil, Review
		}
		suggested.Message += " (review)"
	}
	return suggested, fix.Class
}

// moved reports whether a //line directive names another file for pos: what
// lies there (the output of cgo, of a template) is not what the author edits.
func (r *Reporter) moved(pos token.Pos) bool {
	return r.fset.Position(pos).Filename != r.fset.PositionFor(pos, false).Filename
}

// A file is what the Reporter knows of one file of the package.
type file struct {
	syntax    *ast.File
	generated bool
	test      bool
	comments  comments
}

func newFile(fset *token.FileSet, syntax *ast.File) *file {
	raw := fset.PositionFor(syntax.Package, false).Filename
	return &file{
		syntax:    syntax,
		generated: generated(fset, syntax),
		test:      strings.HasSuffix(raw, "_test.go"),
	}
}

// cgoHeader is how the output of cgo begins.
const cgoHeader = "// Code generated by cmd/cgo; DO NOT EDIT."

// generated reports whether a tool wrote the file. To the compiler a file that
// imports "C" comes as the output of cgo, with a header that says so, although
// its author wrote it: there a header counts only if it stands in the source,
// which is to say after the //line directive that names the source. (The name
// of the output is of no help: in the build cache it is a hash.)
func generated(fset *token.FileSet, syntax *ast.File) bool {
	if namedByTool(fset, syntax) {
		return true
	}
	if !ast.IsGenerated(syntax) {
		return false
	}
	source := fset.Position(syntax.Package).Filename
	if source == fset.PositionFor(syntax.Package, false).Filename || syntax.Comments[0].List[0].Text != cgoHeader {
		return true
	}
	for _, group := range syntax.Comments {
		for _, c := range group.List { // the //line directive is of the first group
			if fset.Position(c.Pos()).Filename == source &&
				ast.IsGenerated(&ast.File{Package: syntax.Package, Comments: []*ast.CommentGroup{{List: []*ast.Comment{c}}}}) {
				return true
			}
		}
	}
	return false
}

// ByTool reports whether a file says that a tool wrote it, by its header or its name. For the output of cgo see generated.
func ByTool(fset *token.FileSet, syntax *ast.File) bool {
	return ast.IsGenerated(syntax) || namedByTool(fset, syntax)
}

// namedByTool reports whether a file has a name that the generators of Kubernetes, and of those who build on them, give to
// what they write, some of it without a header.
func namedByTool(fset *token.FileSet, syntax *ast.File) bool {
	return strings.HasPrefix(filepath.Base(fset.Position(syntax.Package).Filename), "zz_generated")
}
