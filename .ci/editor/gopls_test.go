// Package editor drives a gopls that has errvet in it, as editors do.
//
// The environment variable GOPLS names the programs to test, one or a list like PATH; ERRVET the errvet to compare
// with. .ci/gopls builds them.
package editor

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// each runs a test for every gopls.
func each(t *testing.T, test func(t *testing.T, gopls string)) {
	list := filepath.SplitList(os.Getenv("GOPLS"))
	if len(list) == 0 {
		t.Fatal("GOPLS names no gopls to test; .ci/gopls builds some")
	}
	for _, gopls := range list {
		t.Run(filepath.Base(gopls), func(t *testing.T) { test(t, gopls) })
	}
}

const saveSource = `// Package save writes down what happens.
package save

import (
	"os"
	"time"
)

// Note prints a note.
func Note(text string) error {
	println(text)
	return nil
}

// File makes a file.
func File(name string) error { return os.WriteFile(name, nil, 0o600) }

// Copy copies a file.
func Copy(name string) error { return os.Link(name, name+".copy") }

// Touch makes a file new.
func Touch(name string) error { return os.Chtimes(name, time.Time{}, time.Now()) }
`

const shopSource = `// Package shop takes orders.
package shop

import (
	"net/http"

	"example.com/w/save"
)

// Order takes an order.
func Order(name string) error {
	save.Note("order " + name)
	save.File(name)
	return nil
}

// Note writes an order down.
func Note(name string) error {
	// ignored
	save.Touch("note of " + name)
	return nil
}

// Ask asks whether there is an answer.
func Ask(url string) bool {
	resp, err := http.Get(url)
	if err != nil {
		return false
	}
	return resp.StatusCode == http.StatusOK
}
`

// workspace makes a module of two packages.
func workspace(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"go.mod": "module example.com/w\n\ngo 1.26\n", "save/save.go": saveSource, "shop/shop.go": shopSource,
	} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), content)
	}
	return dir
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// about returns the diagnostics of a source whose code and message begin so.
func about(list []diagnostic, source, code, message string) (found []diagnostic) {
	for _, d := range list {
		if d.Source == source && strings.HasPrefix(fmt.Sprint(d.Code), code) && strings.HasPrefix(d.Message, message) {
			found = append(found, d)
		}
	}
	return found
}

// counts wants as many diagnostics of each kind: source, code and message, with bars between.
func counts(want map[string]int) func([]diagnostic) bool {
	return func(list []diagnostic) bool {
		for kind, n := range want {
			parts := strings.SplitN(kind+"||", "|", 3)
			if len(about(list, parts[0], parts[1], strings.Trim(parts[2], "|"))) != n {
				return false
			}
		}
		return true
	}
}

// The places of shopSource at which an error is lost.
const (
	atNote = "dropped|dropped/statement|save.Note"
	atFile = "dropped|dropped/statement/safe|save.File"
	atCopy = "dropped|dropped/statement/safe|save.Copy"
	atLook = "dropped|dropped/statement/review|save.Touch" // its fix needs a look
	atAsk  = "nilonfail|nilonfail/zero/strict|"
)

func compiles(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.Command("go", "vet", "./...")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("what was saved does not compile: %v\n%s", err, out)
	}
}

// A session: diagnostics of what is on disk and of what is not saved, in this package and by facts in another; fixes.
func TestSession(t *testing.T) {
	each(t, func(t *testing.T, gopls string) {
		root := workspace(t)
		c := start(t, gopls, root, nil)
		const shop, save = "shop/shop.go", "save/save.go"
		c.open(shop)
		list := c.settled(shop, "the losses of the file", counts(map[string]int{atNote: 0, atFile: 1, atLook: 1, atAsk: 0}))

		d := about(list, "dropped", "dropped/statement/safe", "save.File")[0]
		if d.Severity != 2 || d.CodeDescription == nil || !strings.HasPrefix(d.CodeDescription.Href, "https://pkg.go.dev/github.com/errvet/errvet/passes/dropped") {
			t.Errorf("severity %d, page %v", d.Severity, d.CodeDescription)
		}
		if len(d.RelatedInformation) == 0 || d.RelatedInformation[0].Location.URI != uri(c.path(shop)) {
			t.Errorf("the steps of the error are %+v", d.RelatedInformation)
		}
		if first := d.Range.Start; first.Line != 12 || first.Character != 1 || d.Range.End.Line != 12 || d.Range.End.Character != 16 {
			t.Errorf("the place is %+v", d.Range)
		}

		// what is not saved
		c.edit(shop, "\tsave.File(name)\n", "\tsave.File(name)\n\tsave.Copy(name)\n")
		c.settled(shop, "another loss", counts(map[string]int{atFile: 1, atCopy: 1, atNote: 0}))
		if data, err := os.ReadFile(c.path(shop)); err != nil || string(data) != shopSource {
			t.Errorf("the file has changed: %v", err)
		}

		// what is known of another package's functions, which are not saved either
		c.open(save)
		c.edit(save, "\tprintln(text)\n\treturn nil\n", "\treturn os.Remove(text)\n")
		c.settled(shop, "a loss where a function of another package fails now", counts(map[string]int{atFile: 1, atCopy: 1, atNote: 1}))
		c.edit(save, "\treturn os.Remove(text)\n", "\tprintln(text)\n\treturn nil\n")
		c.settled(shop, "no loss where it does not fail any more", counts(map[string]int{atFile: 1, atCopy: 1, atNote: 0}))

		// a quick fix, of one of the two
		list = c.settled(shop, "the losses", counts(map[string]int{atFile: 1, atCopy: 1, atLook: 1}))
		second := about(list, "dropped", "dropped/statement/safe", "save.Copy")[0]
		fixes := c.actions(shop, "quickfix", second)
		if len(fixes) != 1 {
			t.Fatalf("quick fixes for %v are %+v", second, fixes)
		}
		c.apply(fixes[0])
		c.settled(shop, "one loss less", counts(map[string]int{atFile: 1, atCopy: 0, atNote: 0, atLook: 1}))
		if text := c.files[shop].text; !strings.Contains(text, "if err := save.Copy(name); err != nil {"+"\n\t\treturn err\n") {
			t.Errorf("%q makes of the file:\n%s", fixes[0].Title, text)
		}

		// all that may be fixed unseen, and nothing else
		list, _, _ = c.now(shop)
		all := c.actions(shop, "source.fixAll", list...)
		if len(all) == 0 {
			t.Fatal("there is no source.fixAll")
		}
		for _, a := range all {
			c.apply(a)
		}
		list = c.settled(shop, "no loss but those whose fix needs a look", counts(map[string]int{atFile: 0, atLook: 1}))
		c.save(shop)
		compiles(t, root)

		// and that one, after a look
		list = c.settled(shop, "the same after saving", counts(map[string]int{atFile: 0, atLook: 1}))
		fixes = c.actions(shop, "quickfix", about(list, "dropped", "dropped/statement/review", "save.Touch")[0])
		if len(fixes) != 1 || !strings.Contains(fixes[0].Title, "review") {
			t.Fatalf("quick fixes are %+v", fixes)
		}
		c.apply(fixes[0])
		c.settled(shop, "no loss at all", counts(map[string]int{"dropped|": 0}))
		c.save(shop)
		compiles(t, root)
		c.stop()
	})
}

// A rule is switched by gopls' own setting, while gopls runs.
func TestAnalyses(t *testing.T) {
	each(t, func(t *testing.T, gopls string) {
		c := start(t, gopls, workspace(t), nil)
		const shop = "shop/shop.go"
		c.open(shop)
		c.settled(shop, "the losses of the file", counts(map[string]int{atFile: 1, atLook: 1}))
		c.edit(shop, "return false\n", "return false // as if nothing had been\n")
		c.configure(map[string]any{"analyses": map[string]bool{"dropped": false}})
		c.settled(shop, "nothing of the rule that is off", counts(map[string]int{"dropped|": 0}))
		c.configure(map[string]any{"analyses": map[string]bool{"dropped": true}})
		c.settled(shop, "the losses again", counts(map[string]int{atFile: 1, atLook: 1}))
		c.stop()
	})
}

// Settings are read when gopls starts. What gopls keeps of earlier runs does not stand for what other settings find.
func TestSettings(t *testing.T) {
	each(t, func(t *testing.T, gopls string) {
		root := workspace(t)
		const shop = "shop/shop.go"
		other := filepath.Join(t.TempDir(), "other.yaml")
		write(t, other, "rules: {losses: false}\n")
		for _, run := range []struct {
			name, file string // no file if empty
			env        []string
			want       map[string]int
		}{
			{"nothing", "", nil, map[string]int{atFile: 1, atLook: 1, atAsk: 0, "errvet|": 0}},
			{"the strict tier", "strict: true\n", nil, map[string]int{atFile: 1, atAsk: 1}},
			{"another file", "strict: true\n", []string{"ERRVET_CONFIG=" + other}, map[string]int{"dropped|": 0, atAsk: 0}},
			{"no file", "strict: true\n", []string{"ERRVET_CONFIG=none"}, map[string]int{atFile: 1, atAsk: 0}},
			{"a fact", "known: [infallible example.com/w/save.File]\n", nil, map[string]int{atFile: 0, atLook: 1}},
			{"a path", "paths:\n  - path: shop/...\n    exclude: true\n", nil, map[string]int{"dropped|": 0}},
			{"a mistake", "strcit: true\n", nil, map[string]int{
				atFile: 1, atAsk: 0,
				"errvet|directive/settings|errvet runs with its defaults: .errvet.yaml:1:1: no setting is called strcit; did you mean strict?": 1,
			}},
			{"nothing again", "", nil, map[string]int{atFile: 1, atLook: 1, atAsk: 0, "errvet|": 0}},
		} {
			t.Run(run.name, func(t *testing.T) {
				file := filepath.Join(root, ".errvet.yaml")
				if run.file != "" {
					write(t, file, run.file)
				} else if err := os.Remove(file); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
				c := start(t, gopls, root, map[string]any{"staticcheck": false}, run.env...)
				c.open(shop)
				// gopls' own, to know that it has analysed the file where nothing else is to be found
				c.edit(shop, "\tresp, err := http.Get(url)\n", "\turl = url\n\tresp, err := http.Get(url)\n")
				want := map[string]int{"assign|": 1}
				for kind, n := range run.want {
					want[kind] = n
				}
				c.settled(shop, fmt.Sprintf("%v", run.want), counts(want))
				c.stop()
			})
		}
	})
}

// In the example service gopls finds what errvet finds.
func TestShop(t *testing.T) {
	root, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Getenv("ERRVET"), "-json", "./shop/...")
	cmd.Dir = root
	out, err := cmd.Output()
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 1 {
		t.Fatalf("errvet finds nothing: %v", err)
	}
	want := make(map[string][]string)
	var units map[string]map[string][]struct{ Posn, Category, Message string }
	if err := json.Unmarshal(out, &units); err != nil {
		t.Fatal(err)
	}
	for _, rules := range units {
		for _, found := range rules {
			for _, d := range found {
				file, place, _ := strings.Cut(d.Posn, ".go:")
				name, err := filepath.Rel(root, file+".go")
				if err != nil {
					t.Fatal(err)
				}
				name = filepath.ToSlash(name)
				want[name] = append(want[name], fmt.Sprintf("%s [%s] %s", place, d.Category, d.Message))
			}
		}
	}
	each(t, func(t *testing.T, gopls string) {
		c := start(t, gopls, root, nil)
		for name, list := range want {
			slices.Sort(list)
			c.open(name)
			c.settled(name, strings.Join(list, "\n"), func(diagnostics []diagnostic) bool {
				var got []string
				for _, d := range diagnostics {
					if code := fmt.Sprint(d.Code); strings.Contains(code, "/") && strings.HasPrefix(code, d.Source+"/") {
						got = append(got, fmt.Sprintf("%d:%d [%s] %s", d.Range.Start.Line+1, d.Range.Start.Character+1, code, d.Message))
					}
				}
				slices.Sort(got)
				return slices.Equal(got, list)
			})
		}
		c.stop()
	})
}
