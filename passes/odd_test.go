package passes_test

import (
	"bytes"
	"fmt"
	"go/format"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/internal/report"
)

// oddCommon is what the odd functions call: calls that can fail in every form, a sentinel, a type of errors.
const oddCommon = `package odd

import (
	"errors"
	"fmt"
)

var ErrOdd = errors.New("odd")

var errOwn = errors.New("own")

func makef(format string, args ...any) error { return fmt.Errorf(format, args...) }

type codeError struct{ code int }

func (e *codeError) Error() string { return fmt.Sprint(e.code) }

type valueError string

func (e valueError) Error() string { return string(e) }

type handle struct{ n int }

func (h *handle) Close() error { return work(h.n) }
func (h handle) Sync() error   { return work(h.n) }

type box[T any] struct{ v T }

func (b box[T]) put(T) error { return work(len(fmt.Sprint(b.v))) }

type local [2]struct{ a, b int }

func work(n int) error {
	if n > 3 {
		return fmt.Errorf("work: %w", ErrOdd)
	}
	return nil
}

func pair(n int) (int, error) { return n, work(n) }

func send(n int) error { return work(n) }

func fetch(n int) (int, error) { return pair(n) }

func open(n int) (*handle, error) {
	if err := work(n); err != nil {
		return nil, err
	}
	return &handle{n}, nil
}

func each(f func(int) error) error { return f(1) }
`

// oddHeads are the beginnings of files: what errors, fmt and log mean there, and what is imported at all.
var oddHeads = []string{
	"",
	"import \"os\"\n\nvar _ = os.Args\n",
	"import (\n\t\"fmt\"\n\t\"os\"\n)\n\nvar _ = fmt.Sprint(os.Args)\n",
	"import (\n\tstderrors \"errors\"\n\t\"log\"\n)\n\nvar _ = stderrors.New\n\nfunc logs(err error) { log.Printf(\"odd: %v\", err) }\n",
	"import (\n\terrors \"bytes\"\n\tfmt \"strings\"\n)\n\nvar _ = errors.Join\n\nvar _ = fmt.ToLower\n",
	"import (\n\t. \"errors\"\n\t\"log/slog\"\n)\n\nvar _ = Is\n\nfunc logs(err error) { slog.Error(\"odd\", \"err\", err) }\n",
	"import (\n\t\"errors\"\n\t\"fmt\"\n\t\"log\"\n)\n\nfunc logs(err error) error { log.Print(err); return fmt.Errorf(\"odd: %w\", errors.Unwrap(err)) }\n",
	"import (\n\t\"context\"\n\t\"errors\"\n\t\"log\"\n)\n\nvar _ = errors.Is\n\nfunc logs(ctx context.Context, err error) { log.Fatalf(\"odd: %v\", err) }\n",
	"import (\n\t\"context\"\n\tlog \"fmt\"\n\n\t\"errors\"\n)\n\nvar _ = errors.Unwrap\n\nfunc logs(ctx context.Context, err error) { log.Printf(\"odd: %v\", err) }\n",
	"import (\n\t\"context\"\n\t\"fmt\"\n\t\"log\"\n\t\"time\"\n)\n\nvar _ = context.Background\n\nfunc logs(err error) { log.Println(fmt.Sprint(err), time.Now()) }\n",
}

// oddShadows are declarations at the beginning of a function.
var oddShadows = []string{
	"", "", "", "", "errors := 1\n_ = errors\n", "fmt := 1\n_ = fmt\n", "log := 1\n_ = log\n", "err := 1\n_ = err\n", "var err error\n_ = err\n",
	"nil := 0\n_ = nil\n", "new := 0\n_ = new\n", "type error int\n", "type handle int\n_ = handle(1)\n", "errs := 1\n_ = errs\n",
}

// oddSignatures are parameters and results, with a last statement.
var oddSignatures = [][2]string{
	{"()", ""}, {"(n int)", ""}, {"() error", "return work(0)"}, {"() (err error)", "return"}, {"() (_ error)", "return"},
	{"() (int, error)", "return pair(0)"}, {"() (n int, err error)", "return"}, {"() (n, m int, retErr error)", "return 1, 2, retErr"},
	{"() (_ local, _ struct{ a, b int }, _ error)", "return"}, {"[T any](t T) (T, error)", "return t, work(1)"},
	{"() (box[int], *handle, map[string]func(), error)", "panic(1)"}, {"() (error, int)", "return work(1), 1"},
	{"() (a, b error)", "return"}, {"(err error) error", "return err"}, {"() (bool, string, complex64)", "return true, \"\", 1"},
	{"() (interface{ Close() error }, [3]int, chan<- int, error)", "panic(1)"},
	{"(ctx context.Context) error", "return ctx.Err()"}, {"(ctx context.Context) (n int, err error)", "return"}, {"(boundary, retry context.Context) error", "return nil"},
}

// oddStatements lose an error each.
var oddStatements = []string{
	"work(N)", "pair(N)", "work(N) // why", "work(N) /* a */ // b", "(work(N))", "box[int]{N}.put(1)", "(box[string]{}).put(\"\")",
	"defer work(N)", "defer pair(N)", "defer func() { work(N) }()", "defer func() { _ = work(N) }()", "func() { work(N) }()",
	"_ = work(N)", "_, _ = pair(N)", "go work(N)", "each(func(int) error { work(N); return work(1) })", "each(func(int) error {\nwork(N)\nreturn work(1)\n})",
	"h, _ := open(N)\n_ = h.n", "h, e := open(N)\ndefer h.Close()\nif e != nil {\nreturn\n}", "h := handle{N}\nh.Sync()\ndefer h.Close()",
	"e := work(N)\ne = work(N)\n_ = e", "var e error\nfor range 3 {\ne = work(N)\n}\nif e != nil {\npanic(e)\n}",
	"if e := work(N); e != nil {\n}", "if e := work(N); e != nil {\n// TODO\n}", "for range 3 {\nif e := work(N); e != nil {\ncontinue\n}\n}",
	"if e := work(N); e == ErrOdd {\npair(1)\n}", "if e := work(N); e != ErrOdd { // c\npair(1)\n}", "switch e := work(N); e {\ncase ErrOdd:\npair(1)\ncase nil:\n}",
	"switch work(N) {\ncase ErrOdd:\n}", "e := fmt_(N)\nif c, ok := e.(*codeError); ok && c.code > 1 {\npair(1)\n}", "e := fmt_(N)\nif c, ok := e.(valueError); !ok || c == \"\" {\npair(1)\n}",
	"e := fmt_(N)\n_, ok := e.(*codeError)\n_ = ok", "e := fmt_(N)\nc, ok := e.(interface{ Timeout() bool })\n_, _ = c, ok", "e := fmt_(N)\nif ErrOdd == e && work(1) == nil {\npair(1)\n}",
	"if e := work(N); e != nil {\npanic(e)\n}", "L: work(N)\ngoto M\nM: pair(N)\nif false {\ngoto L\n}", "work(N); pair(N)", "var f func() error = func() error { work(N); return work(1) }\n_ = f",
	"defer func() {\nif r := recover(); r != nil {\nwork(N)\n}\n}()", "defer recover()", "defer func() { recover() }()",
	"e := fmt_(N)\nswitch e.(type) {\ncase *codeError, valueError:\npair(1)\ncase nil:\ndefault:\n}", "e := fmt_(N)\nswitch c := e.(type) {\ncase *codeError: // c\n_ = c.code\ncase interface{ Timeout() bool }:\n}",
	"e := fmt_(N)\nswitch e := e.(type) {\ncase valueError:\n_ = e\n}", "e := work(N)\nif e == ErrOdd {\npair(1)\n} else if e == nil && N > 1 {\npair(2)\n}",
	"if e := work(N); e != nil {\nreturn errOwn\n}", "if e := work(N); e != nil {\nreturn makef(\"made %d\", N)\n}", "if e := work(N); e != nil {\nreturn makef(\"made\")\n}",
	"if _, e := pair(N); e != nil {\nreturn 0, errOwn\n}", "if _, e := pair(N); e != nil {\nreturn 0, fmt.Errorf(\"made %d\", N)\n}", "if e := work(N); e != nil {\nreturn errors.New(\"made\")\n}",
	"h, err := open(N)\nif err != nil {\npanic(err)\n}\ndefer func() {\nerr = makef(\"%w\", err)\n}()\n_ = h", "h, err := open(N)\nif err != nil {\npanic(err)\n}\ndefer h.Close()\nh.n = 1",
	"h, err := open(N)\ndefer h.Close()\nif err != nil {\npanic(err)\n}", "var err error\ndefer func() {\nerr = work(N)\n}()\nprintln(err)", "defer box[int]{1 + 1}.put(1 + 1)",
	"ctx := context.Background()\nselect {\ncase <-ctx.Done():\nreturn errors.New(\"ended\")\ncase <-make(chan int):\n}", "if e := work(N); e != nil {\nlog.Print(\"failed\")\n}", "if e := work(N); e != nil {\nlog.Printf(\"failed %d\\n\", N)\n}",
	"var all error\nfor range 3 {\nif e := work(N); e != nil {\nall = e\n}\n}\nif all != nil {\npanic(all)\n}",
	"var e error\ndefer func() {\ne = work(N)\n}()\ne = work(1)\n_ = e", "e := work(N)\nh, f := open(1)\nif f != nil {\npanic(e)\n}\n_ = h",
	// panics, goroutines, channels, retries
	"defer func() {\nif r := recover(); r != nil {\nprintln(N)\n}\n}()", "defer func() {\nif recover() != nil {\nerr = ErrOdd\n}\n}()",
	"defer func() {\nif r := recover(); r != nil { // c\nerr = fmt.Errorf(\"odd %d%%: %+v\", N, r)\n}\n}()", "defer func() {\nr := recover()\nif r == nil {\nreturn\n}\nerr = fmt.Errorf(\"panic: %v\", r)\n}()",
	"defer func() {\nswitch r := recover().(type) {\ncase int:\n_ = r\n}\n}()", "defer func() {\nif c, ok := recover().(*codeError); ok {\n_ = c\n}\n}()",
	"defer func() {\nif r := recover(); r != nil {\nlog.Print(\"odd: \", r)\n}\n}()", "defer func() {\nif r := recover(); r != nil {\nlog.Printf(\"odd: %v\\n\", r) // c\n}\n}()",
	"go pair(N)", "go func() error { return work(N) }()", "go each(func(int) error { return work(N) })", "go box[int]{N}.put(1)", "r := N\ngo work(r)",
	"ch := make(chan error)\ngo func() { ch <- work(N) }()\nif e := work(1); e != nil {\nreturn e\n}\nprintln(<-ch)",
	"ch := make(chan error)\nfor range 3 {\ngo func() { ch <- work(N) }()\n}\nfor range 3 {\nif e := <-ch; e != nil {\nreturn e\n}\n}",
	"for range 3 {\nif e := send(N); e == nil {\nreturn nil\n}\n}\nreturn ErrOdd", "for range 3 {\nif e := send(N); e == nil {\nreturn nil\n}\n}\nreturn nil",
	"var m int\nvar e error\nfor range 3 {\nm, e = fetch(N)\nif e == nil {\nreturn m, e\n}\n}\nreturn 0, ErrOdd", "for range 3 {\nm, e := fetch(N)\nif e == nil {\nreturn m, nil\n}\n}\nreturn 0, nil",
	"var e error\nfor range 9 {\nif e = work(N); e == nil {\nreturn nil\n}\ntime.Sleep(time.Minute)\n}\nreturn e",
	"for i := 0; i < 9; i++ {\ne := work(N)\nif e == nil {\nreturn nil\n}\ntime.Sleep(N * time.Second)\n}\nreturn ErrOdd",
	"for range 9 {\nif e := work(N); e == nil {\nreturn nil\n}\n<-time.After(time.Minute)\n}\nreturn fmt.Errorf(\"odd\")",
	"for range 9 {\nm, e := pair(N)\nif e != nil {\ntime.Sleep(time.Minute)\ncontinue\n}\nreturn m, nil\n}\nreturn 0, nil",
	"for range 9 {\n_, e := pair(N) // c\nif e == nil {\nreturn nil\n}\ntime.Sleep(time.Minute)\n}\nreturn nil",
}

// oddContexts are what stands around a statement.
var oddContexts = []string{
	"%s", "%s", "{\n%s\n}", "if len(\"a\") > 0 {\n%s\n}", "if len(\"a\") > 0 {\n} else {\n%s\n}", "for range 2 {\n%s\n}", "switch {\ncase true:\n%s\ndefault:\n}",
	"select {\ndefault:\n%s\n}", "func() {\n%s\n}()", "defer func() {\n%s\n}()", "go func() {\n%s\n}()", "var mu struct{ Lock, Unlock func() }\nmu.Lock()\n%s\nmu.Unlock()",
	"_ = func() error {\n%s\nreturn work(0)\n}", "_ = func() (n int, err error) {\n%s\nreturn\n}", "ch := make(chan int, 1)\n%s\nch <- 1",
}

// oddFunc makes a function that loses errors in odd ways. One that does not parse or type-check by
// itself is thrown away by the caller.
func oddFunc(r *rand.Rand, i int) string {
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	sig := oddSignatures[r.IntN(len(oddSignatures))]
	var body strings.Builder
	body.WriteString(pick(oddShadows))
	for range 1 + r.IntN(2) {
		stmt := strings.ReplaceAll(pick(oddStatements), "N", fmt.Sprint(r.IntN(9)))
		stmt = strings.ReplaceAll(stmt, "fmt_(", "work(")
		if strings.Contains(stmt, "return\n") { // of whatever the function returns
			stmt = strings.ReplaceAll(stmt, "return\n", "panic(e)\n")
		}
		if context := pick(oddContexts); context == "%s" && r.IntN(2) == 0 {
			body.WriteString(stmt + "\n") // in the outermost block
		} else {
			fmt.Fprintf(&body, "{\n"+context+"\n}\n", stmt)
		}
	}
	body.WriteString(sig[1])
	return fmt.Sprintf("func odd%d%s {\n%s\n}\n", i, sig[0], body.String())
}

// No fix yields a file that does not type-check, is not formatted, or meets another fix, however odd the code.
func TestOddFunctions(t *testing.T) {
	const files, funcs = 18, 80
	tried, made, companions := 0, 0, 0
	of := make(map[string]int) // fixes of each rule
	for _, module := range []struct {
		version     string
		constraints []string
		flavour     report.Flavour
	}{
		{"1.19", []string{""}, report.Std},
		{"1.21", []string{"", "//go:build go1.25\n\n", "//go:build go1.26\n\n"}, report.Std},
		{"1.26", []string{""}, report.Fault},
	} {
		dir := t.TempDir()
		write := func(name, content string) {
			t.Helper()
			formatted, err := format.Source([]byte(content))
			if err != nil {
				t.Fatalf("%v\n%s", err, content)
			}
			if err := os.WriteFile(filepath.Join(dir, name), formatted, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		mod := "module odd\n\ngo " + module.version + "\n"
		if module.flavour == report.Fault {
			mod += "\nrequire github.com/errvet/errvet/fault v0.0.0\n\nreplace github.com/errvet/errvet/fault => " + strconv.Quote(filepath.Join(passtest.Root(t), "fault")) + "\n"
		}
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o600); err != nil {
			t.Fatal(err)
		}
		write("common.go", oddCommon)
		r := rand.New(rand.NewPCG(5, 0))
		contents := make(map[string][]string)
		names := make(map[string]string)
		for i := range files {
			// A head that declares something stands in one file of the package.
			head := oddHeads[i%len(oddHeads)]
			if i >= len(oddHeads) {
				head = strings.ReplaceAll(head, "func logs(", fmt.Sprintf("func logs%d(", i))
			} else {
				head = strings.ReplaceAll(head, "func logs(", fmt.Sprintf("func logs0%d(", i))
			}
			name := fmt.Sprintf("odd%d.go", i)
			names[name] = module.constraints[i%len(module.constraints)] + "package odd\n\n" + head + "\n"
			for j := range funcs {
				fn := oddFunc(r, i*funcs+j)
				if module.version == "1.19" {
					fn = strings.ReplaceAll(strings.ReplaceAll(fn, "for range 3 {", "for i := 0; i < 3; i++ {"), "for range 2 {", "for j := 0; j < 2; j++ {")
				} else if i%len(module.constraints) == 0 && module.version != "1.26" {
					fn = strings.ReplaceAll(strings.ReplaceAll(fn, "for range 3 {", "for i := 0; i < 3; i++ {"), "for range 2 {", "for j := 0; j < 2; j++ {")
				}
				if _, err := format.Source([]byte("package p\n" + fn)); err == nil {
					contents[name] = append(contents[name], fn)
				}
			}
		}
		load := func(overlay map[string][]byte) []*packages.Package {
			t.Helper()
			pkgs, err := packages.Load(&packages.Config{
				Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Overlay: overlay,
				Env: append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=-mod=mod", "GOTOOLCHAIN=local"),
			}, "./...")
			if err != nil {
				t.Fatal(err)
			}
			return pkgs
		}
		// What does not type-check is thrown away, and the rest stays.
		var pkgs []*packages.Package
		for round := 0; ; round++ {
			for name, list := range contents {
				write(name, names[name]+strings.Join(list, "\n"))
			}
			pkgs = load(nil)
			broken := make(map[string]bool)
			for _, pkg := range pkgs {
				for _, err := range pkg.TypeErrors {
					position := err.Fset.Position(err.Pos)
					for _, file := range pkg.Syntax {
						if pkg.Fset.Position(file.Package).Filename != position.Filename {
							continue
						}
						for _, decl := range file.Decls {
							if decl.Pos() <= err.Pos && err.Pos <= decl.End() {
								content, readErr := os.ReadFile(position.Filename)
								if readErr != nil {
									t.Fatal(readErr)
								}
								text := string(content[pkg.Fset.Position(decl.Pos()).Offset:])
								broken[text[:strings.IndexAny(text, "([")]] = true
							}
						}
					}
				}
			}
			if len(broken) == 0 {
				break
			}
			if round > 5 {
				t.Fatalf("odd code still does not type-check: %v", pkgs[0].Errors[0])
			}
			for name, list := range contents {
				var kept []string
				for _, fn := range list {
					if !broken[fn[:strings.IndexAny(fn, "([")]] {
						kept = append(kept, fn)
					}
				}
				contents[name] = kept
			}
		}
		for _, pkg := range pkgs {
			for _, err := range pkg.Errors {
				t.Fatalf("odd code does not load: %v", err)
			}
		}
		for _, list := range contents {
			tried += len(list)
		}
		var diagnostics []analysis.Diagnostic
		for _, f := range analyse(t, flavoured(t, nil, module.flavour), pkgs) {
			if len(f.SuggestedFixes) > 0 {
				diagnostics = append(diagnostics, f.Diagnostic)
				made++
				of[f.analyzer.Name]++
			}
		}
		fixed, err := passtest.Apply(pkgs[0].Fset, diagnostics)
		if err != nil {
			t.Error(err)
			continue
		}
		for name, content := range fixed {
			companions += bytes.Count(content, []byte(companion))
			// What the standard library has only since a newer Go compiles all the same.
			if module.version == "1.19" && bytes.Contains(content, []byte("rrors.Join(e")) || module.version == "1.19" && (bytes.Contains(content, []byte(".Cause(")) || bytes.Contains(content, []byte("%w: %w"))) || module.version != "1.26" && !bytes.Contains(content, []byte("//go:build go1.26")) && bytes.Contains(content, []byte(".AsType[")) {
				t.Errorf("go %s: %s with all fixes needs a newer Go", module.version, name)
			}
			formatted, err := format.Source(content)
			if err != nil {
				t.Errorf("go %s: %s with all fixes: %v", module.version, name, err)
			} else if !bytes.Equal(passtest.Unaligned(formatted), passtest.Unaligned(content)) {
				t.Errorf("go %s: %s with all fixes is not formatted:\n%s", module.version, name, firstDifference(content, formatted))
			}
		}
		for _, pkg := range load(fixed) {
			for _, err := range pkg.Errors {
				t.Errorf("go %s with all fixes: %v", module.version, err)
			}
		}
	}
	t.Logf("%d functions, %d fixes, %d imports of the companion: %v", tried, made, companions, of)
	if tried < 300 || made < 300 || companions < 3 {
		t.Errorf("only %d functions and %d fixes were tried, with %d imports of the companion", tried, made, companions)
	}
}

// firstDifference shows where two texts part.
func firstDifference(a, b []byte) string {
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(x), len(y)) {
		if strings.Join(strings.Fields(x[i]), " ") != strings.Join(strings.Fields(y[i]), " ") || strings.TrimRight(x[i], " \t") != strings.TrimRight(y[i], " \t") {
			return fmt.Sprintf("line %d: %q, want %q", i+1, x[i], y[i])
		}
	}
	return "the end"
}
