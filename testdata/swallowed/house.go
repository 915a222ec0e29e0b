package swallowed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
)

// What a package does five times with the errors of one function, which looks nowhere but into memory, it means to do.

type attributes map[string]any

func (a attributes) look(name string, into *int) error {
	v, ok := a[name]
	if !ok {
		return fmt.Errorf("no attribute %q", name)
	}
	if *into, ok = v.(int); !ok {
		return errors.New(name + " is no number")
	}
	return nil
}

func (a attributes) find(name string, into *int) error { return a.look(name, into) }

type slot interface {
	look(name string, into *int) error
	find(name string, into *int) error
}

var _ slot = attributes{}

// snapd: what a slot does not have, nothing is to be done for.
func badHouseRules(a slot, rule func(...int)) error {
	var vendor, product, number, path, port int
	if err := a.look("vendor", &vendor); err != nil {
		return nil // want `^strict: a.look failed \(line \d+\), yet success is returned`
	}
	if err := a.look("product", &product); err != nil {
		return nil // want `^strict: a.look failed \(line \d+\), yet success is returned`
	}
	if err := a.look("number", &number); err != nil {
		return nil // want `^strict: a.look failed \(line \d+\), yet success is returned`
	}
	if err := a.look("path", &path); err != nil {
		return nil // want `^strict: a.look failed \(line \d+\), yet success is returned`
	}
	if err := a.look("port", &port); err != nil {
		return nil // want `^strict: a.look failed \(line \d+\), yet success is returned`
	}
	rule(vendor, product, number, path, port)
	return nil
}

func badTwiceIsNoHouseRule(a slot, rule func(int)) error {
	var first, second int
	if err := a.find("first", &first); err != nil {
		return nil // want `^a.find failed \(line \d+\), yet success is returned`
	}
	rule(first)
	if err := a.find("second", &second); err != nil {
		return nil // want `^a.find failed \(line \d+\), yet success is returned`
	}
	rule(second)
	return nil
}

// Who has no logger wants no log.

type quietStore struct {
	logger *log.Logger
	path   string
}

// weaviate: the failure is told to whoever is there to be told.
func (s *quietStore) okToldWhereItCan() {
	if err := os.Remove(s.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		if s.logger != nil {
			s.logger.Printf("removing %s: %v", s.path, err)
		}
	}
}

func (s *quietStore) okToldTwiceWhereItCan() {
	err := os.Remove(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		if s.logger != nil {
			s.logger.Printf("removing %s", s.path)
			s.logger.Println(err)
		}
	}
}

func okToldByOneHandedIn(path string, l *log.Logger) (size int64) {
	fi, err := os.Stat(path)
	if err != nil {
		if l != nil {
			l.Printf("no size of %s: %v", path, err)
		}
		return 0
	}
	return fi.Size()
}

func okToldOrReturned(path string, l *log.Logger) error {
	if err := os.Remove(path); err != nil {
		if l != nil {
			l.Print(err)
		}
		return err
	}
	return nil
}

func okToldFirst(path string, l *log.Logger) (err error) {
	if l != nil {
		l.Printf("removing %s", path)
	}
	return os.Remove(path)
}

func (s *quietStore) okToldAndCounted(failed *int) {
	if err := os.Remove(s.path); err != nil {
		*failed++
		if nil != s.logger {
			s.logger.Print(err)
		}
	}
}

func (s *quietStore) okToldOnlyAtTheEnd(paths []string) {
	var failed error
	for _, path := range paths {
		failed = errors.Join(failed, os.Remove(path))
	}
	if failed != nil {
		if s.logger != nil {
			s.logger.Print(failed)
		}
	}
}

func (s *quietStore) okOneKindTold() error {
	err := os.Remove(s.path)
	if errors.Is(err, fs.ErrPermission) {
		if s.logger != nil {
			s.logger.Print(err)
		}
		return nil
	}
	return err
}

func (s *quietStore) okHandedOn() ([]byte, error) {
	b, err := os.ReadFile(s.path)
	if err != nil {
		if s.logger != nil {
			s.logger.Print(err)
		}
		return nil, fmt.Errorf("reading: %w", err)
	}
	return b, nil
}

// terraform: the switch has a branch for all others.
func okAllOthersSeenTo(text []byte) (version uint64, complaints []string) {
	var sniffed struct{ Version *uint64 }
	err := json.Unmarshal(text, &sniffed)
	if err != nil {
		switch err := err.(type) {
		case *json.SyntaxError:
			complaints = append(complaints, fmt.Sprintf("no JSON at %d", err.Offset))
		case *json.UnmarshalTypeError:
			complaints = append(complaints, fmt.Sprintf("%s is no number", err.Value))
		default:
			complaints = append(complaints, "no JSON")
		}
	}
	if sniffed.Version == nil {
		return 0, append(complaints, "no version")
	}
	return *sniffed.Version, complaints
}

func okOthersSeenTo(path string) (there, known bool) {
	fi, err := os.Stat(path)
	switch {
	case err == nil:
		there = fi.Size() > 0
	case errors.Is(err, fs.ErrNotExist):
		there = false
	default:
		return false, false
	}
	return there, true
}

func badOthersLeave(path string, empty func()) {
	data, err := os.ReadFile(path)
	switch { // want `^strict: one kind of error of os.ReadFile \(line \d+\) is handled; any other kind falls through and is lost`
	case errors.Is(err, fs.ErrNotExist):
		empty()
		return
	default:
		break
	}
	log.Print(len(data))
}

func okOthersAreTold(path string, empty func()) {
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		empty()
		return
	case err != nil:
		log.Print(err)
		return
	}
	log.Print(len(data))
}

func okOthersComeBack(path string, empty func()) error {
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		empty()
		return nil
	default:
		log.Print(len(data))
		return err
	}
}
