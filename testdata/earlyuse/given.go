package earlyuse

import (
	"fmt"
	"log"
	"os"
)

type probe struct{ f *os.File }

func openProbe(name string) (*probe, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &probe{f}, nil
}

// answer does without what it is called on.
func (p *probe) answer(err error) { fmt.Println("failed:", err) }

func (p *probe) size() int64 {
	info, err := p.f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// A branch that is taken only where the call was given something says that it does not fail where it was given nothing.
func badGiven(name string) int64 {
	p, err := openProbe(name)
	if err != nil && name != "" {
		return 0
	}
	return p.size() // want `^strict: openProbe failed \(line \d+\), and p, which is nil then, is used`
}

func badGivenOther(name string, careful bool) int64 {
	p, err := openProbe(name)
	if err != nil && careful {
		return 0
	}
	return p.size() // want `^openProbe failed \(line \d+\), and p, which is nil then, is used`
}

func badReachesIn(name string) {
	p, err := openProbe(name)
	if err != nil {
		log.Print(p.size(), err) // want `^openProbe failed \(line \d+\), and p, which is nil then, is used`
	}
}

func okDoesWithout(name string) int64 {
	p, err := openProbe(name)
	if err != nil {
		p.answer(err)
		os.Exit(1)
	}
	return p.size()
}

func okDoesWithoutFirst(name string) (int64, error) {
	p, err := openProbe(name)
	if err != nil {
		p.answer(err)
		return 0, err
	}
	return p.size(), nil
}

func okGivenAll(name string) int64 {
	p, err := openProbe(name)
	if err != nil {
		return 0
	}
	return p.size()
}

func okGivenAsked(name string) int64 {
	if name == "" {
		return 0
	}
	p, err := openProbe(name)
	if err != nil {
		return 0
	}
	return p.size()
}

func okGivenNil(name string) int64 {
	p, err := openProbe(name)
	if err != nil && name != "" {
		return 0
	}
	if p == nil {
		return -1
	}
	return p.size()
}

func okGivenHanded(name string) (*probe, error) {
	p, err := openProbe(name)
	if err != nil && name != "" {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, err
}
