package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSharedCache runs errvet on two machines that have nothing in common but a store that the go command's GOCACHEPROG
// puts results in. The second analyses nothing.
func TestSharedCache(t *testing.T) {
	dir, store := t.TempDir(), t.TempDir()
	for name, content := range map[string]string{ // no imports of the standard library, which would have to be compiled
		"go.mod":     "module example.com/m\n\ngo 1.26\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep v1.0.0 => ./dep\n",
		"m.go":       "package m\n\nimport \"example.com/dep\"\n\nfunc F() error {\n\tdep.Save()\n\treturn dep.Never()\n}\n",
		"dep/go.mod": "module example.com/dep\n\ngo 1.26\n",
		"dep/dep.go": "package dep\n\ntype Full struct{}\n\nfunc (Full) Error() string { return \"full\" }\n\nvar saved = make(chan error)\n\nfunc Save() error { return <-saved }\n\nfunc Never() error { return nil }\n",
	} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cache, err := exec.LookPath("cacheprog")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ machine, edit, ran string }{
		{"the first machine", "", "example.com/dep example.com/m"},
		{"another", "", ""},
		{"a third, after an edit", "\n// Nothing of note.\n", "example.com/m"},
		{"a fourth, with that edit", "", ""},
	} {
		t.Run(test.machine, func(t *testing.T) {
			if test.edit != "" {
				f, err := os.OpenFile(filepath.Join(dir, "m.go"), os.O_APPEND|os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				_, err = f.WriteString(test.edit)
				if err := errors.Join(err, f.Close()); err != nil {
					t.Fatal(err)
				}
			}
			home := t.TempDir()
			cmd := exec.Command("counting", "./...")
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PWD="+dir, "GOCACHE="+filepath.Join(home, "cache"), "GOCACHEPROG="+cache+" "+store, "COUNT_DIR="+home, "GOPROXY=off", "GOFLAGS=")
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 1 || !bytes.Contains(out, []byte("m.go:6:2: dep.Save can fail")) || bytes.Contains(out, []byte("dep.Never")) {
				t.Errorf("%v:\n%s", err, out)
			}
			var ran []string
			data, err := os.ReadFile(filepath.Join(home, "count"))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				if pkg, ok := strings.CutPrefix(strings.TrimSpace(line), "known "); ok {
					ran = append(ran, pkg)
				}
			}
			if got := strings.Join(ran, " "); got != test.ran {
				t.Errorf("%q are analysed, want %q", got, test.ran)
			}
		})
	}
}

// cacheprog is a GOCACHEPROG that keeps everything in the directory that its argument names. See
// cmd/go/internal/cacheprog for the protocol.
func cacheprog() {
	if err := serveCache(os.Args[1], bufio.NewReader(os.Stdin), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "cacheprog:", err)
		os.Exit(1)
	}
}

func serveCache(dir string, in *bufio.Reader, out io.Writer) error {
	type response struct {
		ID            int64
		Err           string   `json:",omitempty"`
		KnownCommands []string `json:",omitempty"`
		Miss          bool     `json:",omitempty"`
		OutputID      []byte   `json:",omitempty"`
		Size          int64    `json:",omitempty"`
		DiskPath      string   `json:",omitempty"`
	}
	answers := json.NewEncoder(out)
	if err := answers.Encode(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		request, err := line(in)
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		var ask struct {
			ID                 int64
			Command            string
			ActionID, OutputID []byte
			BodySize           int64
		}
		if err := json.Unmarshal(request, &ask); err != nil {
			return err
		}
		entry := filepath.Join(dir, hex.EncodeToString(ask.ActionID))
		answer := response{ID: ask.ID}
		switch ask.Command {
		case "get":
			id, err := os.ReadFile(entry)
			if err != nil {
				answer.Miss = true
				break
			}
			answer.OutputID, answer.DiskPath = id, filepath.Join(dir, "o-"+hex.EncodeToString(id))
			info, err := os.Stat(answer.DiskPath)
			if err != nil {
				return err
			}
			answer.Size = info.Size()
		case "put":
			var body []byte
			if ask.BodySize > 0 {
				text, err := line(in)
				if err != nil {
					return err
				}
				if body, err = base64.StdEncoding.DecodeString(strings.Trim(string(text), "\"")); err != nil {
					return err
				}
			}
			answer.DiskPath = filepath.Join(dir, "o-"+hex.EncodeToString(ask.OutputID))
			if err := errors.Join(os.WriteFile(answer.DiskPath, body, 0o666), os.WriteFile(entry, ask.OutputID, 0o666)); err != nil {
				return err
			}
		}
		if err := answers.Encode(answer); err != nil || ask.Command == "close" {
			return err
		}
	}
}

// line returns the next line that is not empty.
func line(in *bufio.Reader) ([]byte, error) {
	for {
		text, err := in.ReadBytes('\n')
		if text = bytes.TrimSpace(text); err != nil || len(text) > 0 {
			return text, err
		}
	}
}
