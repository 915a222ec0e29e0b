package light

import "example.org/elsewhere/store"

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
