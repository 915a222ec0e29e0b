package vetrun

import (
	"errors"
	"os"
	"path/filepath"
)

// ErrNoModule says that the go command finds no module to work on.
var ErrNoModule = errors.New("no module here; run errvet inside a module (go mod init makes one), or name its directory with -C")

// ModuleRoot returns the directory of the module that holds dir, an absolute path, or else of the workspace. It is
// empty if there is neither.
func ModuleRoot(dir string) string {
	for _, name := range []string{"go.mod", "go.work"} {
		for at := dir; ; at = filepath.Dir(at) {
			if info, err := os.Stat(filepath.Join(at, name)); err == nil && !info.IsDir() {
				return at
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	return ""
}
