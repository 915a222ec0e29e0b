package passes_test

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/errvet/errvet/passes"
	"github.com/errvet/errvet/passes/internal/passtest"
	"github.com/errvet/errvet/passes/internal/report"
)

// The default tier's findings in the example service, each as file, function, rule/case. The repaired service has none.
var shopFindings = strings.TrimSpace(`
shop/cmd/shop/main.go main dropped/statement
shop/config/config.go Load nilonfail/nil
shop/config/config.go Load nilonfail/nil
shop/gateway/gateway.go Charge overwritten/reassigned
shop/gateway/gateway.go Healthy recoverall/discarded
shop/notify/notify.go Declined unlogged/no-error
shop/payment/payment.go Process dropped/statement
shop/payment/payment.go Process recoverall/no-stack
shop/payment/payment.go ProcessAny overwritten/reassigned
shop/payment/payment.go Refund swallowed/half-checked
shop/payment/payment.go Refund swallowed/success
shop/renewals/renewals.go Run overwritten/last-turn
shop/renewals/renewals.go Run swallowed/empty
shop/renewals/renewals.go RunAll detached/shared
shop/renewals/renewals.go guarded recoverall/no-value
shop/renewals/renewals.go renew swallowed/success
shop/store/store.go Receipt overwritten/unseen
shop/store/store.go Replace dropped/statement
shop/store/store.go Replace lostclose/flush
shop/store/store.go Replace overwritten/deferred
shop/store/store.go Replace overwritten/last-turn
shop/store/store.go SaveReceipt dropped/statement
shop/store/store.go SaveReceipt dropped/statement
shop/store/store.go SaveReceipt lostcause/replaced
shop/web/web.go guard recoverall/no-stack
shop/web/web.go pay swallowed/answered
shop/web/web.go receipt swallowed/half-checked
shop/web/web.go refund unlogged/no-error
`)

// What the README says of the example holds: all that the rules know of is found in the shop, and in the repaired one
// not even the strict tier has anything to say.
func TestShop(t *testing.T) {
	dir := passtest.Dir(t)
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  dir,
		Env:  append(os.Environ(), "GOPROXY=off", "GOWORK=off"),
	}, "./shop/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("the shop does not compile: %v", err)
		}
	}
	var got []string
	for _, f := range analyse(t, suite(t, nil), pkgs) {
		c, err := report.ParseCategory(f.Category)
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		file, err := filepath.Rel(dir, f.pkg.Fset.Position(f.Pos).Filename)
		if err != nil {
			t.Fatal(err)
		}
		file = filepath.ToSlash(file)
		switch {
		case c.Silence.How != "":
		case strings.HasPrefix(file, "shop/repaired/"):
			t.Errorf("the repaired shop has a finding: %s", f)
		case c.Tier == passes.Default:
			got = append(got, fmt.Sprintf("%s %s %s/%s", file, functionOf(f), c.Rule, c.Case))
		}
	}
	slices.Sort(got)
	if got := strings.Join(got, "\n"); got != shopFindings {
		t.Errorf("the shop has these findings:\n%s\nwant:\n%s", got, shopFindings)
	}
}

// functionOf names the function that a finding lies in.
func functionOf(f found) string {
	for _, file := range f.pkg.Syntax {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= f.Pos && f.Pos < fn.End() {
				return fn.Name.Name
			}
		}
	}
	return "-"
}

// The Go code that the README shows stands in the shop.
func TestReadmeCode(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(passtest.Root(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	files, err := filepath.Glob(filepath.Join(passtest.Dir(t), "shop", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	repaired, err := filepath.Glob(filepath.Join(passtest.Dir(t), "shop", "repaired", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, repaired...) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(content)
	}
	blocks := strings.Split(string(readme), "```go\n")[1:]
	if len(blocks) == 0 {
		t.Error("the README shows no Go code")
	}
	for _, block := range blocks {
		if code, _, _ := strings.Cut(block, "```"); !strings.Contains(source.String(), code) {
			t.Errorf("the README shows code that is not in testdata/shop:\n%s", code)
		}
	}
}
