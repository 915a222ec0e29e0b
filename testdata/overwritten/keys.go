package overwritten

import (
	"errors"
	"fmt"
)

type object struct{ keys []string }

func (o *object) next() string             { return o.keys[0] }
func (o *object) text() (string, error)    { return o.keys[0], open(o.keys[0]) }
func (o *object) list() ([]string, error)  { return o.keys, open(o.keys[0]) }
func (o *object) number() (float64, error) { return 0, open(o.keys[0]) }

func open(name string) error {
	if name == "" {
		return fmt.Errorf("no %q", name)
	}
	return nil
}

type node struct {
	name string
	list []string
	size float64
}

// A key comes once, but another one's result takes the place of this one's: one finding, whichever it is.
func badKeys(o *object) (*node, error) {
	n := &node{}
	var err error
	for key := o.next(); key != ""; key = o.next() {
		switch key {
		case "name":
			n.name, err = o.text() // want `^only the last turn's error of o.text is looked at: the next turn overwrites it`
		case "list":
			n.list, err = o.list()
		case "size":
			n.size, err = o.number()
		}
	}
	return n, err
}

// Two loops are two defects.
func badTwice(o *object, names []string) (err error) {
	for range names {
		_, err = o.text() // want `^only the last turn's error of o.text is looked at`
	}
	if err != nil {
		return err
	}
	for range names {
		_, err = o.list() // want `^only the last turn's error of o.list is looked at`
	}
	return err
}

// Several of one loop are one finding, without a fix: one for one of them would not mend the others.
func badEachTurn(open, fill func(string) error, names []string) (err error) {
	for _, name := range names {
		if name == "" {
			err = open(name) // want `^only the last turn's error of open is looked at`
			continue
		}
		err = fill(name)
	}
	return err
}

func okEachTurn(open, fill func(string) error, names []string) (err error) {
	for _, name := range names {
		if name == "" {
			err = errors.Join(err, open(name))
			continue
		}
		err = errors.Join(err, fill(name))
	}
	return err
}

func okEachTurnUntil(open, fill func(string) error, names []string) (err error) {
	for i := 0; i < len(names) && err == nil; i++ {
		if names[i] == "" {
			err = open(names[i])
			continue
		}
		err = fill(names[i])
	}
	return err
}

// A key comes once, so that nothing takes the place of what it gave.
func badOneKey(o *object) (*node, error) {
	n := &node{}
	var err error
	for key := o.next(); key != ""; key = o.next() {
		switch key {
		case "name":
			n.name, err = o.text() // want `^strict: only the last turn's error of o.text is looked at`
		case "size":
			n.size = 1
		}
	}
	return n, err
}

// A default is taken for many.
func badDefault(o *object) (*node, error) {
	n := &node{}
	var err error
	for key := o.next(); key != ""; key = o.next() {
		switch key {
		case "size":
			n.size = 1
		default:
			n.name, err = o.text() // want `^only the last turn's error of o.text is looked at`
		}
	}
	return n, err
}

func okKeysReturn(o *object) (*node, error) {
	n := &node{}
	var err error
	for key := o.next(); key != ""; key = o.next() {
		switch key {
		case "name":
			n.name, err = o.text()
		case "list":
			n.list, err = o.list()
		}
		if err != nil {
			return nil, err
		}
	}
	return n, nil
}

func okKeysAsked(o *object) (*node, error) {
	n := &node{}
	var err error
	for key := o.next(); key != "" && err == nil; key = o.next() {
		switch key {
		case "name":
			n.name, err = o.text()
		case "list":
			n.list, err = o.list()
		}
	}
	return n, err
}

func okKeysOwn(o *object) (*node, error) {
	n := &node{}
	for key := o.next(); key != ""; key = o.next() {
		switch key {
		case "name":
			name, err := o.text()
			if err != nil {
				return nil, err
			}
			n.name = name
		}
	}
	return n, nil
}

func okKeyLeaves(o *object) (*node, error) {
	n := &node{}
	var err error
	for key := o.next(); key != ""; key = o.next() {
		if key == "name" {
			n.name, err = o.text()
			break
		}
	}
	return n, err
}

func okKeysReturned(o *object) error {
	var errs []error
	for key := o.next(); key != ""; key = o.next() {
		switch key {
		case "name":
			_, err := o.text()
			errs = append(errs, err)
		}
	}
	return fmt.Errorf("keys: %v", errs)
}

func okKeysNoLoop(o *object) (n node, err error) {
	switch o.next() {
	case "name":
		n.name, err = o.text()
	case "list":
		n.list, err = o.list()
	}
	return n, err
}
