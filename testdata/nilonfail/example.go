package nilonfail

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// The examples of the documentation.

type profile struct{ Name string }

func loadProfile(path string) *profile {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil // want `^os.ReadFile failed \(line \d+\), and nil is all that callers get, one of whom \(example\.go:\d+\) uses it without a nil test`
	}
	p := new(profile)
	if err := json.Unmarshal(data, p); err != nil {
		return nil // want `^json.Unmarshal failed \(line \d+\), and nil is all that callers get, one of whom \(example\.go:\d+\) uses it without a nil test`
	}
	return p
}

func greeting(path string) string {
	return "hello, " + loadProfile(path).Name
}

func findProfile(path string) (*profile, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil // want `^strict: os.ReadFile failed \(line \d+\), yet nil, nil is returned: callers cannot tell`
	}
	return &profile{Name: string(data)}, nil
}

func (p *profile) partner(all []*profile) (*profile, error) {
	if p.Name == "" {
		return nil, errNoProfile
	}
	for _, other := range all {
		if other.Name == p.Name {
			return other, nil
		}
	}
	return nil, nil // want `^strict: nil, nil is returned, and a caller \(example\.go:\d+\) uses the result without a nil test`
}

func partnerName(p *profile, all []*profile) (string, error) {
	other, err := p.partner(all)
	if err != nil {
		return "", err
	}
	return other.Name, nil
}

func retention(path string) int {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0 // want `^strict: os.ReadFile failed \(line \d+\), and a zero value is all that callers get`
	}
	return len(data)
}

var errNoProfile = errors.New("no such profile")

func openProfile(path string) (*profile, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoProfile
	}
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	return &profile{Name: string(data)}, nil
}
