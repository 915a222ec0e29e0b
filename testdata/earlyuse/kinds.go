package earlyuse

import (
	"errors"
	"io"
	"io/fs"
	"log"
	"os"
)

// An error told by its kind is answered; what stands beside it is nil all the same.

// kubernetes: every failure but one is returned, and that one goes on with nothing in hand.
func badAllButOneKind(path string) (string, error) {
	c, err := load(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return c.name, nil // want `^load failed \(line \d+\), and c, which is nil then, is used`
}

// tekton: the one kind is logged, and nothing more.
func badLogsOneKind(path string) string {
	c, err := load(path)
	if err != nil && !os.IsNotExist(err) {
		log.Print(err)
		return ""
	} else if os.IsNotExist(err) {
		log.Printf("there is none: %v", err)
	}
	return c.name // want `^load failed \(line \d+\), and c, which is nil then, is used`
}

func badInsideBranch(path string) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		log.Printf("%s is gone", info.Name()) // want `^os.Stat failed \(line \d+\), and info, which is nil then, is used`
		return
	}
	if err != nil {
		log.Fatal(err)
	}
}

// argo-workflows: the last of its kind is looked for first, and all others only behind the use.
func badEndBeforeOthers(next func() error) ([]string, error) {
	it := &iterator{next}
	var names []string
	for {
		c, err := it.Next()
		if errors.Is(err, io.EOF) {
			return names, nil
		}
		if c.name == "" { // want `^c, which is nil if it failed, is used before the error of it.Next`
			continue
		}
		if err != nil {
			return nil, err
		}
		names = append(names, c.name)
	}
}

type iterator struct{ next func() error }

func (it *iterator) Next() (*conf, error) {
	if err := it.next(); err != nil {
		return nil, err
	}
	return &conf{}, nil
}

func okMakesOne(path string) (string, error) {
	c, err := load(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if err != nil {
		c = &conf{path}
	}
	return c.name, nil
}

func okMadeForKind(path string) (string, error) {
	c, err := load(path)
	if errors.Is(err, os.ErrNotExist) {
		c, err = &conf{path}, nil
	}
	if err != nil {
		return "", err
	}
	return c.name, nil
}

func okAskedAgain(path string) (string, error) {
	c, err := load(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if errors.Is(err, os.ErrNotExist) {
		return "none", nil
	}
	return c.name, nil
}

func okAskedAgainBeside(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if errors.Is(err, fs.ErrNotExist) || info.IsDir() {
		return "", nil
	}
	return path, nil
}

func okAsksForNil(path string) (string, error) {
	c, err := load(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if c == nil {
		return "", nil
	}
	return c.name, nil
}

// What a flag remembers may be the kind.
func okKindFlag(path string) (name string, err error) {
	found := true
	c, err := load(path)
	if errors.Is(err, os.ErrNotExist) {
		found = false
	} else if err != nil {
		return "", err
	}
	if found {
		name = c.name
	}
	return name, nil
}

func okKindHandedOn(path string) (*conf, error) {
	c, err := load(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return c, nil
}

// partial gives something beside any error.
func okKindPartial(path string) (string, error) {
	c, err := partial(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return c.name, nil
}

// A method made for nil.
func okKindTakesNil(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	if err := f.Close(); err != nil {
		return 0, err
	}
	return 1, nil
}
