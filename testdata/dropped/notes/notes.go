// Package notes keeps notes in files, for package customary to lose.
package notes

import "os"

// A Hint is worth keeping, and no more than that.
type Hint struct{ Dir string }

func (h *Hint) Keep(text string) error { return os.WriteFile(h.Dir+"/hint", []byte(text), 0o600) }

func (h *Hint) Link() error { return os.Link(h.Dir+"/hint", h.Dir+"/last") }

func (h *Hint) Mark() error { return os.Chmod(h.Dir+"/hint", 0o400) }

// A Book is what the notes are for.
type Book struct{ Dir string }

func (b *Book) Keep(text string) error { return os.WriteFile(b.Dir+"/book", []byte(text), 0o600) }

func (b *Book) Link() error { return os.Link(b.Dir+"/book", b.Dir+"/last") }

func (b *Book) Mark() error { return os.Chmod(b.Dir+"/book", 0o400) }
