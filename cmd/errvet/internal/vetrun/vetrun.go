// Package vetrun runs the go command: to learn which packages are meant, and to have them vetted.
package vetrun

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/errvet/errvet/cmd/errvet/internal/vetjson"
)

// A Command is how the go command is to be run.
type Command struct {
	Dir        string   // where; empty is the current directory
	Tool       string   // the program that go vet runs on each unit
	BuildFlags []string // -tags and the like
	ToolFlags  []string // handed to the tool
	// Note is called with each line of go's that tells of progress, such as a download. It may be nil.
	Note func(line string)
}

// A BuildError is what go vet says of one package that it cannot build or type-check.
type BuildError struct {
	Package string   // import path, with the test binary in brackets if it is a variant; empty if go names none
	Lines   []string // as the go command words them
}

// Vet has the packages vetted and hands on what the tool says of each unit, in the order in which they finish: each
// is called from one goroutine. The go command's other messages are returned by package.
//
// The error tells that go vet itself could not be run, was interrupted, or that its output makes no sense. That some
// packages fail is no error here.
func (c *Command) Vet(ctx context.Context, patterns []string, each func(unit string, analyzers map[string]json.RawMessage) error) ([]BuildError, error) {
	args := []string{"vet", "-vettool=" + c.Tool, "-json"}
	args = append(append(append(append(args, c.BuildFlags...), c.ToolFlags...), "--"), patterns...)
	cmd := c.command(ctx, args)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("running go vet: %w", err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, fmt.Errorf("running go vet: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, c.failed(ctx, err, "")
	}
	messages := make(chan []BuildError)
	go func() { messages <- c.readMessages(bufio.NewScanner(stderr)) }()
	decodeErr := vetjson.Decode(stdout, each)
	broken := <-messages
	waitErr := cmd.Wait()

	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case decodeErr != nil:
		return nil, decodeErr
	case waitErr != nil && !errors.As(waitErr, &exit):
		return nil, c.failed(ctx, waitErr, "")
	case waitErr != nil && len(broken) == 0:
		return nil, fmt.Errorf("go vet ended with %w and gave no reason", waitErr)
	case waitErr == nil:
		// What go says of a run that went well is a warning at most, and go list has had it on the way.
		return nil, nil
	}
	return broken, nil
}

// readMessages sorts go's messages by the package that the last "# package" line names.
func (c *Command) readMessages(lines *bufio.Scanner) []BuildError {
	var list []BuildError
	current := -1
	index := make(map[string]int)
	for lines.Scan() {
		line := lines.Text()
		if name, ok := strings.CutPrefix(line, "# "); ok {
			name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]") // the tool's own failures have a second line with brackets
			if strings.Contains(name, "[") && !strings.HasSuffix(name, "]") {
				name += "]"
			}
			i, ok := index[name]
			if !ok {
				i = len(list)
				index[name] = i
				list = append(list, BuildError{Package: name})
			}
			current = i
			continue
		}
		if progress, ok := strings.CutPrefix(line, "go: "); ok && (strings.HasPrefix(progress, "downloading ") || strings.HasPrefix(progress, "finding ")) {
			if c.Note != nil {
				c.Note(progress)
			}
			continue
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		if current < 0 || strings.HasPrefix(line, "go: ") {
			list = append(list, BuildError{})
			current = len(list) - 1
		}
		list[current].Lines = append(list[current].Lines, line)
	}
	return list
}

// command prepares a call of the go command. If ctx ends, it is told to stop, as by a user's Ctrl-C, so that it can
// take away its temporary files; if it does not, it is killed.
func (c *Command) command(ctx context.Context, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = c.Dir
	if c.Dir != "" {
		cmd.Env = append(os.Environ(), "PWD="+c.Dir)
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// failed turns the failure of a call into one sentence that says what to do.
func (c *Command) failed(ctx context.Context, err error, stderr string) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("errvet needs the go command; install Go from https://go.dev/dl/ or put it on PATH")
	}
	text, _, _ := strings.Cut(strings.TrimSpace(stderr), "\nusage: go ") // how to call go is of no use here
	switch {
	case text == "":
		return fmt.Errorf("running the go command: %w", err)
	case strings.Contains(text, "go.mod file not found"), strings.Contains(text, "cannot find main module"):
		return ErrNoModule
	}
	return errors.New(strings.TrimPrefix(text, "go: "))
}
