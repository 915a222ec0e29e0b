package dropped

import (
	"os"
	"syscall"
)

// takeAway takes an event's count away and keeps nothing of it.
func takeAway(fd int) error {
	var b [8]byte
	_, err := syscall.Read(fd, b[:])
	return err
}

// header is read into what the caller has.
func header(f *os.File, b []byte) error {
	_, err := f.Read(b)
	return err
}

// mark reads, and writes.
func mark(f *os.File) error {
	var b [1]byte
	if _, err := f.Read(b[:]); err != nil {
		return err
	}
	_, err := f.Write(b[:])
	return err
}

func badDrained(fd int, next func()) error {
	takeAway(fd) // want `^strict: takeAway can fail, and nobody takes its error`
	next()
	return nil
}

func badMarked(f *os.File, next func()) error {
	mark(f) // want `^mark can fail, and nobody takes its error`
	next()
	return nil
}

func badHeader(f *os.File, next func([]byte)) error {
	b := make([]byte, 8)
	header(f, b) // want `^header can fail, and nobody takes its error`
	next(b)
	return nil
}

func okHeaderLooked(f *os.File, next func([]byte)) error {
	b := make([]byte, 8)
	if err := header(f, b); err != nil {
		return err
	}
	next(b)
	return nil
}

func okHeaderOnly(f *os.File) error { return header(f, make([]byte, 8)) }

func okDrained(fd int, next func()) error {
	if err := takeAway(fd); err != nil {
		return err
	}
	next()
	return nil
}

func okHeader(f *os.File) ([]byte, error) {
	b := make([]byte, 8)
	err := header(f, b)
	return b, err
}

func okDrainedAnyway(fd int, next func()) error {
	err := takeAway(fd)
	next()
	return err
}

func okMarked(f *os.File, next func()) error {
	defer next()
	return mark(f)
}
