package overwritten

import (
	"errors"
	"fmt"
)

// A deferred closure that acts only where there is a result comes to no failure that leaves that nil.

type service struct{ kind, name string }

func lookUp(name string) (*service, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return &service{name: name}, nil
}

// One failure comes with what was found.
func badFoundToo(name string) (s *service, err error) {
	defer func() {
		if s != nil && s.kind == "" {
			err = fmt.Errorf("service %q has no kind", name)
		}
		if s != nil {
			s, err = lookUp(s.kind) // want `^the deferred closure overwrites err, which may hold the function's own error`
		}
	}()
	if s, err = lookUp(name); err != nil {
		return nil, err
	}
	if s.name != name {
		return s, fmt.Errorf("service %q is named %q", name, s.name)
	}
	return s, nil
}

// The closure asks too late.
func badAskedLate(name string) (s *service, err error) {
	defer func() {
		s, err = lookUp(name) // want `^the deferred closure overwrites err, which may hold the function's own error`
		if s == nil {
			return
		}
		s.kind = "found"
	}()
	if name == "none" {
		return nil, errors.New("no such service")
	}
	return &service{name: name}, nil
}

// It asks about one of two.
func badEitherAlways(name string, always bool) (s *service, err error) {
	defer func() {
		if s != nil || always {
			s, err = lookUp(name) // want `^the deferred closure overwrites err, which may hold the function's own error`
		}
	}()
	if name == "none" {
		return nil, errors.New("no such service")
	}
	return &service{name: name}, nil
}

func okFoundOnly(name string) (s *service, err error) {
	defer func() {
		if s == nil || s.kind == "own" {
			return
		}
		s, err = lookUp(s.kind)
	}()
	if name == "none" {
		return nil, errors.New("no such service")
	}
	return &service{name: name}, nil
}

func okFoundWithin(name string) (s *service, err error) {
	defer func() {
		if s != nil && s.kind == "" {
			s, err = lookUp(name)
		}
	}()
	if name == "none" {
		return nil, errors.New("no such service")
	}
	found, err := lookUp(name)
	if err != nil {
		return nil, fmt.Errorf("looking up %q: %w", name, err)
	}
	return found, nil
}

func okFoundNested(name string, again bool) (s *service, err error) {
	defer func() {
		if nil != s {
			if again {
				s, err = lookUp(name)
			}
		}
	}()
	if name == "none" {
		return nil, errors.New("no such service")
	}
	return &service{name: name}, nil
}

func okFoundOrFailed(name string) (s *service, err error) {
	defer func() {
		if err != nil || s == nil {
			return
		}
		s, err = lookUp(s.kind)
	}()
	if name == "none" {
		return nil, errors.New("no such service")
	}
	return &service{name: name}, nil
}

func okFoundJoined(name string) (s *service, err error) {
	defer func() {
		_, again := lookUp(name)
		err = errors.Join(err, again)
	}()
	return lookUp(name)
}

func okFoundInLine(name string) (*service, error) {
	s, err := lookUp(name)
	if err != nil {
		return nil, err
	}
	return lookUp(s.kind)
}
