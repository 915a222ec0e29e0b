package dropped

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

func printRow(w io.Writer, cells []string) error {
	for _, c := range cells {
		if _, err := fmt.Fprintf(w, "%s\t", c); err != nil {
			return err
		}
	}
	return nil
}

func badToFile(path string, cells []string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	printRow(f, cells) // want `^printRow can fail`
	return f.Close()
}

func badWriterWithAnswer(w io.Writer, cells []string) error {
	printRow(w, cells) // want `^printRow can fail`
	return nil
}

func badClosureFails(dir string, list []string) error {
	every(list, func(name string) error { // want `^every can fail`
		return os.Remove(filepath.Join(dir, name))
	})
	return nil
}

func every(list []string, f func(string) error) (err error) {
	for _, l := range list {
		err = errors.Join(err, f(l))
	}
	return err
}

func goodInMemory(cells []string) string {
	var b bytes.Buffer
	printRow(&b, cells)
	return b.String()
}

func goodToTerminal(cells []string) {
	printRow(os.Stdout, cells)
}

func goodSticky(w io.Writer, rows [][]string) error {
	bw := bufio.NewWriter(w)
	for _, r := range rows {
		printRow(bw, r)
	}
	return bw.Flush()
}

// The signature leaves it to the writer to remember its error, which some teams want said.
func badNoAnswer(w io.Writer, rows [][]string) {
	for _, r := range rows {
		printRow(w, r) // want `^strict: printRow can fail`
	}
}

func each(list []string, f func(string) error) error {
	for _, l := range list {
		if err := f(l); err != nil {
			return err
		}
	}
	return nil
}

func goodClosureCannotFail(list []string) (n int) {
	each(list, func(l string) error {
		n += len(l)
		return nil
	})
	return n
}

func goodToldOutside(list []string) (err error) {
	each(list, func(l string) error {
		err = os.Remove(l)
		return err
	})
	if err != nil {
		return fmt.Errorf("removing: %w", err)
	}
	return nil
}

func goodWalkSkips(dir string) (names []string) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return filepath.SkipDir
		}
		names = append(names, path)
		return nil
	})
	return names
}

type tokens struct {
	r   *bufio.Reader
	err error
}

func (s *tokens) next() error {
	_, s.err = os.ReadFile("next")
	return s.err
}

func goodAskedLater(s *tokens) error {
	s.next()
	if s.err != nil {
		return s.err
	}
	return nil
}
