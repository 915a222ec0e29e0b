// Package mock stands in for another in tests, which notice what it does wrong.
package mock

import "os"

type driver struct{ dir string }

func (d *driver) badMockSave(b []byte) error {
	os.WriteFile(d.dir, b, 0o600) // want `^strict: os.WriteFile can fail, and nobody takes its error`
	return os.Chmod(d.dir, 0o400)
}

func (d *driver) okMockStart() error { return os.MkdirAll(d.dir, 0o755) }

func (d *driver) okMockStop() error { return os.RemoveAll(d.dir) }
