// Package mock stands in for another in tests, which notice what it does wrong.
package mock

import "os"

type driver struct{ dir string }

func (d *driver) badMockStart() {
	os.MkdirAll(d.dir, 0o755) // want `^strict: os.MkdirAll can fail, and nobody takes its error`
}

func (d *driver) okMockStart() error { return os.MkdirAll(d.dir, 0o755) }

func (d *driver) okMockStop() error { return os.RemoveAll(d.dir) }
