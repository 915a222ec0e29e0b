package goplsbuild

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

// A Source says where the errvet to build in is from: a published version, or a directory.
type Source struct{ Version, Dir string }

func (s Source) String() string {
	if s.Dir != "" {
		return "of " + s.Dir
	}
	return s.Version
}

// required is the version to require. One that a directory stands in for can be any.
func (s Source) required() string {
	if s.Dir != "" {
		return "v0.0.0"
	}
	return s.Version
}

// Self is the errvet that this program was built from: its published version, or the directory of its source.
func Self() (Source, error) {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == errvetModule && info.Main.Sum != "" {
		return Source{Version: info.Main.Version}, nil
	}
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) { // built with -trimpath
		return Source{}, errNoSource
	}
	s, err := Directory(filepath.Join(filepath.Dir(file), "..", "..", "..", ".."))
	if err != nil {
		// It looked where the build found it: whatever is there now is not the source.
		return Source{}, errNoSource
	}
	return s, nil
}

var errNoSource = errors.New("this errvet was not built from a published version, and its source is not where it was; name the source's directory with -errvet")

// Directory is the errvet whose source is in a directory.
func Directory(dir string) (Source, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Source{}, fmt.Errorf("the directory of errvet's source: %w", err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return Source{}, fmt.Errorf("the directory of errvet's source: %w", err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.TrimSpace(line) == "module "+errvetModule {
			return Source{Dir: dir}, nil
		}
	}
	return Source{}, fmt.Errorf("%s is not the directory of %s", dir, errvetModule)
}
