package customary

import (
	"errors"

	"errvet.test/testdata/dropped/notes"
)

// Nobody here takes an error of any method of the type: to keep hints is worth a try.
func badNeverAsked(h *notes.Hint) error {
	h.Keep("orders") // want `^strict: h.Keep can fail`
	h.Link()         // want `^strict: h.Link can fail`
	h.Mark()         // want `^strict: h.Mark can fail`
	return nil
}

// Of this one some are taken.
func badAskedElsewhere(b *notes.Book) error {
	b.Link() // want `^b.Link can fail`
	b.Mark() // want `^b.Mark can fail`
	return nil
}

func okAsked(b *notes.Book) error { return b.Keep("orders") }

func okAskedAll(b *notes.Book) error {
	return errors.Join(b.Keep("orders"), b.Link(), b.Mark())
}

func okAskedOne(b *notes.Book) (ok bool, err error) {
	err = b.Link()
	return err == nil, err
}

func okAskedLater(b *notes.Book, done func(error)) {
	done(b.Mark())
}
