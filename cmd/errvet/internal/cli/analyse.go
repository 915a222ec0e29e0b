package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/errvet/errvet/cmd/errvet/internal/term"
	"github.com/errvet/errvet/cmd/errvet/internal/unit"
	"github.com/errvet/errvet/cmd/errvet/internal/vetrun"
)

// analyse fills set and troubles.
func (r *run) analyse(ctx context.Context) error {
	tool, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's file, which go vet has to start: %w", err)
	}
	cmd := &vetrun.Command{Dir: r.opts.dir, Tool: tool, BuildFlags: r.opts.build, ToolFlags: r.toolFlags()}
	if done, err := r.swift(ctx, cmd); done || err != nil {
		return err
	}
	listed, err := cmd.List(ctx, false, r.opts.patterns)
	if err != nil {
		return err
	}
	if listed[0].Error != nil && vetrun.ModuleRoot(r.opts.dir) == "" {
		return vetrun.ErrNoModule
	}
	patterns := r.opts.patterns
	r.packages = r.sound(listed)
	if len(r.packages) < len(listed) {
		patterns = paths(r.packages)
	}
	if len(r.packages) == 0 {
		return nil
	}
	r.set.Wanted = make(map[string]bool)
	for _, pkg := range r.packages {
		r.set.Wanted[pkg.ImportPath] = true
	}
	messages, err := r.vet(ctx, cmd, patterns)
	if err != nil {
		return err
	}
	if len(messages) > 0 && len(r.unseen()) == len(r.packages) {
		if messages, err = r.vetSound(ctx, cmd, patterns, messages); err != nil {
			return err
		}
	}
	if unseen := r.unseen(); len(unseen) > 0 {
		// What go vet passed over in silence it had in its cache, as facts without findings, or it imports what is
		// broken. A run of its own tells.
		cmd.ToolFlags = append(cmd.ToolFlags, "-"+unit.EveryUnitFlag)
		more, err := r.vet(ctx, cmd, paths(unseen))
		if err != nil {
			return err
		}
		messages = append(messages, more...)
		if err := r.testless(ctx, cmd, r.unseen()); err != nil {
			return err
		}
	}
	r.addBuildErrors(messages)
	return nil
}

// toolFlags are what the tool is told: settings of rules, and that everything is wanted.
func (r *run) toolFlags() []string {
	return append(append(r.opts.tool[:len(r.opts.tool):len(r.opts.tool)], r.suite.Everything...), nameUnits)
}

// progress begins to show how far the command is.
func (r *run) progress(cmd *vetrun.Command, packages int) *term.Progress {
	progress := term.NewProgress(r.stderrs, packages)
	cmd.Note = progress.Note
	return progress
}

// vetSound is for go vet's having checked nothing at all, as it does if one package cannot be loaded. A closer look
// tells which those are; the others are vetted again.
func (r *run) vetSound(ctx context.Context, cmd *vetrun.Command, patterns []string, messages []vetrun.BuildError) ([]vetrun.BuildError, error) {
	deep, err := cmd.List(ctx, true, patterns)
	if err != nil {
		return nil, err
	}
	sound := r.sound(deep)
	if len(sound) == len(deep) {
		return messages, general(messages) // it is not that
	}
	r.packages = sound
	if len(sound) == 0 {
		return nil, nil
	}
	return r.vet(ctx, cmd, paths(sound))
}

// general returns as an error what go vet says of no package in particular: a full disk, a directory that is not there.
func general(messages []vetrun.BuildError) error {
	for _, m := range messages {
		if m.Package == "" && len(m.Lines) > 0 {
			return fmt.Errorf("go vet could not run: %s", strings.TrimPrefix(strings.Join(m.Lines, "\n\t"), "go: "))
		}
	}
	return nil
}

// vet runs go vet and shows how far it is.
func (r *run) vet(ctx context.Context, cmd *vetrun.Command, patterns []string) ([]vetrun.BuildError, error) {
	progress := r.progress(cmd, len(r.packages))
	defer progress.Clear()
	defer progress.Watch()()
	return cmd.Vet(ctx, patterns, func(name string, analyzers map[string]json.RawMessage) error {
		fresh, err := r.set.Add(name, analyzers)
		if err == nil && fresh {
			progress.Done()
		}
		return err
	})
}

// unseen returns the packages that no unit answered for.
func (r *run) unseen() []*vetrun.Package {
	var list []*vetrun.Package
	for _, pkg := range r.packages {
		if pkg.ImportPath == "unsafe" {
			continue // the compiler knows it; there is nothing to vet
		}
		unit := pkg.ImportPath
		if pkg.OnlyExternalTests() {
			unit += "_test"
		}
		if !r.set.Seen(unit) {
			list = append(list, pkg)
		}
	}
	return list
}

func paths(pkgs []*vetrun.Package) []string {
	list := make([]string, len(pkgs))
	for i, pkg := range pkgs {
		list[i] = pkg.ImportPath
	}
	return list
}
