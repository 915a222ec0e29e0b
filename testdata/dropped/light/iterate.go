package light

import (
	"errors"

	"example.org/elsewhere/store"
)

var errEmptyStep = errors.New("empty step")

// A loop that ends when Next says so may have failed: Err tells.

func badIterates(path string) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for it.Next() { // want `^the loop over it.Next may end because it failed, and nobody asks it.Err`
		keys = append(keys, it.Key())
	}
	p := store.NewParser(path)
	for key, ok := p.Next(); ok; key, ok = p.Next() { // want `^the loop over p.Next may end because it failed, and nobody asks p.Err`
		keys = append(keys, key)
	}
	return keys, nil
}

func okAsks(path string) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	for it.Next() {
		keys = append(keys, it.Key())
	}
	return keys, it.Err()
}

func okCloseTells(path string) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	for it.Next() {
		keys = append(keys, it.Key())
	}
	return keys, it.Close()
}

// Others may ask.
func okHandedOn(path string, finish func(*store.Iterator) error) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	for it.Next() {
		keys = append(keys, it.Key())
	}
	return keys, finish(it)
}

func okHandedIn(it *store.Iterator) (keys []string) {
	for it.Next() {
		keys = append(keys, it.Key())
	}
	return keys
}

// What is in memory cannot fail.
func okNeverFails() (keys []string, _ error) {
	l := store.Listed("a", "b")
	for l.Next() {
		keys = append(keys, l.Key())
	}
	return keys, ask("http://localhost")
}

// One step is no loop.
func okFirst(path string) (string, error) {
	it, err := store.Open(path)
	if err != nil {
		return "", err
	}
	if !it.Next() {
		return "", it.Close()
	}
	return it.Key(), nil
}

// What cannot give an error could not tell of it.
func badCannotTell(path string) (keys []string) {
	it, err := store.Open(path)
	if err != nil {
		return nil
	}
	for it.Next() { // want `^strict: the loop over it.Next may end because it failed, and nobody asks it.Err`
		keys = append(keys, it.Key())
	}
	return keys
}

// A comment on the error right behind the loop says that it is meant; one on what follows does not.
func okSaid(path string) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	for it.Next() { // want `^silenced\(comment\): the loop over it.Next may end because it failed`
		keys = append(keys, it.Key())
	}
	// We expect an error here, so there is nothing to handle.

	return keys, nil
}

func badSaidOther(path string) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	for it.Next() { // want `^the loop over it.Next may end because it failed`
		keys = append(keys, it.Key())
	}
	// The keys are in order here.
	return keys, nil
}

func okSaidAndAsked(path string) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	for it.Next() {
		keys = append(keys, it.Key())
	}
	// An error here is the caller's.
	return keys, it.Err()
}

func okAsksLate(path string) (n int) {
	it, err := store.Open(path)
	if err != nil {
		return -1
	}
	for it.Next() {
		n++
	}
	if it.Err() != nil {
		return -1
	}
	return n
}

func okAsksInside(path string) (n int, err error) {
	it, err := store.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = it.Err() }()
	for it.Next() {
		n++
	}
	return n, nil
}

// What only tests call: they notice.
func badSignForTesting(path string) error {
	ask(path) // want `^strict: ask can fail`
	return nil
}

func signForTesting(path string) error {
	return ask(path)
}

func badCallsForTesting(path string) error {
	signForTesting(path) // want `^strict: signForTesting can fail`
	return nil
}

func okForTesting(path string) error { return signForTesting(path) }

func okAsksBoth(path string) (n int, err error) {
	it, err := store.Open(path)
	if err != nil {
		return 0, err
	}
	for it.Next() {
		n++
	}
	if err := it.Err(); err != nil {
		return 0, err
	}
	return n, it.Close()
}

func okAsksForTesting(path string) error {
	if err := signForTesting(path); err != nil {
		return err
	}
	return nil
}

func okKeepsForTesting(path string) (errs []error) {
	return append(errs, signForTesting(path))
}

// The turn that failed is one of the loop's.
func okSteps(names []string) (n int, _ error) {
	s := store.NewSteps(names)
	for s.Next() {
		if s.Cur() == "" {
			return n, errEmptyStep
		}
		n++
	}
	return n, nil
}

func okStepsAsked(names []string) (n int, _ error) {
	s := store.NewSteps(names)
	for s.Next() {
		if err := s.Err(); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
