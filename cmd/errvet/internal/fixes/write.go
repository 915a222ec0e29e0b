package fixes

import (
	"fmt"
	"os"
	"path/filepath"
)

// WriteFile replaces a file's content in one step, so that an interrupted run leaves the old content or the new, never
// half of it. The file keeps its mode; a symbolic link stays one, and what it points to is replaced.
func WriteFile(name string, data []byte) (err error) {
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	return write(name, data, info.Mode().Perm())
}

// Create writes a file that need not exist, in the same way.
func Create(name string, data []byte) error {
	if _, err := os.Stat(name); err == nil {
		return WriteFile(name, data)
	}
	return write(name, data, 0o644)
}

func write(name string, data []byte, mode os.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // gone already if the rename went well
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(mode)
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return os.Rename(tmp.Name(), name)
}
