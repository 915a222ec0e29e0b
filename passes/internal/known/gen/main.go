// The gen command writes tables/std.txt: what inference finds out about the
// exported functions of the running toolchain's standard library. Run it in
// the repository's root after a change of Go or of the inference, and review
// the difference:
//
//	go run ./passes/internal/known/gen
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/errvet/errvet/passes/internal/known/gen/std"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	check := flag.Bool("check", false, "compare with the committed table instead of writing it")
	dir := flag.String("tables", filepath.FromSlash("passes/internal/known/tables"), "directory of the tables")
	flag.Parse()
	if err := run(*dir, *check); err != nil {
		log.Fatal(err)
	}
}

func run(dir string, check bool) error {
	file := filepath.Join(dir, "std.txt")
	lines, err := std.Lines()
	if err != nil {
		return fmt.Errorf("inferring over the standard library: %w", err)
	}
	text := std.File(runtime.Version(), lines)
	if !check {
		if err := os.WriteFile(file, text, 0o666); err != nil {
			return fmt.Errorf("writing the table: %w", err)
		}
		return nil
	}
	old, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the committed table: %w", err)
	}
	if bytes.Equal(old, text) {
		return nil
	}
	was, is := bytes.Split(old, []byte("\n")), bytes.Split(text, []byte("\n"))
	for _, l := range was {
		if !slices.ContainsFunc(is, func(o []byte) bool { return bytes.Equal(l, o) }) {
			fmt.Printf("-%s\n", l)
		}
	}
	for _, l := range is {
		if !slices.ContainsFunc(was, func(o []byte) bool { return bytes.Equal(l, o) }) {
			fmt.Printf("+%s\n", l)
		}
	}
	return fmt.Errorf("%s is stale: run go run ./passes/internal/known/gen", file)
}
