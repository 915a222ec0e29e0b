package fixes

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A File is a file and what it is to hold.
type File struct {
	Name    string
	Content []byte
}

// WriteFile replaces a file's content in one step, so that an interrupted run leaves the old content or the new, never
// half of it. The file keeps its mode; a symbolic link stays one, and what it points to is replaced.
func WriteFile(name string, data []byte) error { return WriteAll([]File{{name, data}}) }

// WriteAll replaces the content of several files, each as WriteFile does. The new contents are all on disk before the
// first takes its place, so that a full disk, or a directory that cannot be written to, leaves every file as it was.
func WriteAll(files []File) (err error) {
	var list []*prepared
	defer func() {
		for _, p := range list {
			err = errors.Join(err, p.discard())
		}
	}()
	for _, f := range files {
		name, err := filepath.EvalSymlinks(f.Name)
		if err != nil {
			return err
		}
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o200 == 0 {
			return fmt.Errorf("%s is write-protected; nothing was changed", f.Name)
		}
		p, err := prepare(name, f.Content, info.Mode().Perm())
		if err != nil {
			return fmt.Errorf("%w; nothing was changed", err)
		}
		list = append(list, p)
	}
	for _, p := range list {
		if err := p.put(); err != nil {
			return err
		}
	}
	return nil
}

// Create writes a file that need not exist, in the same way.
func Create(name string, data []byte) (err error) {
	if _, err := os.Stat(name); err == nil {
		return WriteFile(name, data)
	}
	p, err := prepare(name, data, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.discard()) }()
	return p.put()
}

// prepared is new content for a file, beside it under another name.
type prepared struct{ tmp, name string }

func prepare(name string, data []byte, mode os.FileMode) (*prepared, error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(mode)
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	p := &prepared{tmp.Name(), name}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("writing %s: %w", name, err), p.discard())
	}
	return p, nil
}

// put makes the content that of the file.
func (p *prepared) put() error {
	if err := os.Rename(p.tmp, p.name); err != nil {
		return err
	}
	p.tmp = ""
	return nil
}

// discard takes the content away, unless it has become the file's.
func (p *prepared) discard() error {
	if p.tmp == "" {
		return nil
	}
	return os.Remove(p.tmp)
}
