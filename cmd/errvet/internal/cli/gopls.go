package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"github.com/errvet/errvet/cmd/errvet/internal/goplsbuild"
)

const goplsUsage = "errvet gopls [-gopls VERSION] [-errvet DIR] -o PATH"

// gopls builds a gopls that shows errvet's findings in editors.
func (p *program) gopls(ctx context.Context, args []string) (int, error) {
	job := goplsbuild.Job{Note: func(line string) {
		fmt.Fprintln(p.stderr, "errvet:", line) // a note of progress is worth no failure
	}}
	fs := flag.NewFlagSet("gopls", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // the error says it
	fs.StringVar(&job.Gopls, "gopls", "", "")
	fs.StringVar(&job.Out, "o", "", "")
	source := fs.String("errvet", "", "")
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitClean, write(p.stdout, goplsHelp)
	case err != nil:
		return exitFailed, fmt.Errorf("%w; it is %s", err, goplsUsage)
	case fs.NArg() > 0 || job.Out == "":
		return exitFailed, errors.New("it is " + goplsUsage)
	}
	var err error
	if *source != "" {
		job.Errvet, err = goplsbuild.Directory(*source)
	} else {
		job.Errvet, err = goplsbuild.Self()
	}
	if err != nil {
		return exitFailed, err
	}
	version, err := job.Build(ctx)
	if err != nil {
		return exitFailed, err
	}
	path, err := filepath.Abs(job.Out)
	if err != nil {
		path = job.Out
	}
	return exitClean, write(p.stdout, fmt.Sprintf("%s is gopls %s with errvet in it; docs/editors.md says how to have an editor run it\n", path, version))
}

const goplsHelp = goplsUsage + `

builds a gopls with errvet's rules among its analyzers: findings while you type, fixes as code actions.

    -gopls VERSION   which gopls, such as v0.23.0; without it the newest that the local Go can build
    -errvet DIR      the source of errvet to build in, if not what this program was built from
    -o PATH          the program to write

It reads .errvet.yaml when it starts, in the directory it is started in or above; ERRVET_CONFIG names another file,
or none. In an editor the rules are switched as those of gopls are, in the setting "analyses".
`
