// Gen writes what follows from the table of rules: the table in the README and
// the report on the example there, the example configuration of golangci-lint,
// the names that directives may use, and a command for each rule.
//
//	go run ./passes/internal/gen               write what is out of date
//	go run ./passes/internal/gen new RULE CLASS   begin a rule about a class of losses of errflow
//
// Its test is the same function without the writing, so nothing can be out of
// date and pass the tests.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/errvet/errvet/passes"
)

// modulePath is that of this repository.
const modulePath = "github.com/errvet/errvet"

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	switch {
	case len(args) == 0:
		stale, err := generate(root, passes.Rules, true)
		for _, name := range stale {
			if _, err := fmt.Fprintln(out, "wrote", name); err != nil {
				return err
			}
		}
		return err
	case len(args) == 3 && args[0] == "new":
		return begin(root, args[1], args[2], out)
	}
	return fmt.Errorf("usage: gen, or gen new RULE CLASS")
}

// moduleRoot is the directory of the go.mod above the working directory.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the module: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("finding the module: no go.mod above the working directory")
		}
		dir = parent
	}
}

// A product is one file that follows from the table.
type product struct {
	name    string // relative to the root, with slashes
	content []byte
}

// generate compares the products with the files under root and returns the
// names of those that differ; with write it also brings them up to date.
func generate(root string, rules []passes.Rule, write bool) (stale []string, err error) {
	products, err := produce(root, rules)
	if err != nil {
		return nil, err
	}
	for _, p := range products {
		path := filepath.Join(root, filepath.FromSlash(p.name))
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, p.content) {
			continue // a file that cannot be read is out of date
		}
		stale = append(stale, p.name)
		if !write {
			continue
		}
		if err := writeFile(path, p.content); err != nil {
			return stale, err
		}
	}
	return stale, nil
}

func writeFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("writing %s: %w", filepath.Base(path), err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		return fmt.Errorf("writing %s: %w", filepath.Base(path), err)
	}
	return nil
}

// produce returns all products, in a fixed order.
func produce(root string, rules []passes.Rule) ([]product, error) {
	docs := make(map[string]*ruleDoc)
	for _, rule := range rules {
		doc, err := readDoc(root, rule.Name())
		if err != nil {
			return nil, err
		}
		docs[rule.Name()] = doc
	}
	readme, err := readmeWithSections(root, rules, docs)
	if err != nil {
		return nil, err
	}
	products := []product{
		{"README.md", readme},
		{".golangci.example.yml", golangciExample(rules, docs)},
	}
	names, err := directiveNames(rules)
	if err != nil {
		return nil, err
	}
	products = append(products, product{"passes/internal/report/names.go", names})
	for _, rule := range rules {
		main, err := ruleCommand(rule.Name())
		if err != nil {
			return nil, err
		}
		products = append(products, product{fmt.Sprintf("passes/%s/cmd/%[1]s/main.go", rule.Name()), main})
	}
	return products, nil
}
