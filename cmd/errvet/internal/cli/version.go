package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
)

// version tells which errvet this is. What the go command recorded while building is all there is to know.
func (p *program) version(_ context.Context, _ []string) (int, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return exitFailed, errors.New("this errvet was built without build information; build it with the go command")
	}
	settings := make(map[string]string)
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	line := "errvet " + info.Main.Version
	if rev := settings["vcs.revision"]; rev != "" {
		line += " " + rev[:min(12, len(rev))] + " " + settings["vcs.time"]
		if settings["vcs.modified"] == "true" {
			line += " (modified)"
		}
	}
	line += fmt.Sprintf("\nbuilt with %s for %s/%s\n", info.GoVersion, settings["GOOS"], settings["GOARCH"])
	for _, dep := range info.Deps {
		if dep.Path == "golang.org/x/tools" {
			line += "golang.org/x/tools " + dep.Version + "\n"
		}
	}
	return exitClean, write(p.stdout, line)
}

// buildVersion returns the version of this program as the go command recorded it, in the form of other ecosystems: one
// that begins with a number. A build of unknown version is 0.0.0.
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		return strings.TrimPrefix(info.Main.Version, "v")
	}
	return "0.0.0"
}
