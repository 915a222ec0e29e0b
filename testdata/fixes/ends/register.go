package main

import (
	"fmt"
	"os"
)

var registered = map[string]bool{}

func register(name string) error {
	if registered[name] {
		return fmt.Errorf("%s is registered already", name)
	}
	registered[name] = true
	return os.MkdirAll(name, 0o755)
}
