// Package pflag stands in for github.com/spf13/pflag.
package pflag

import (
	"errors"
	"os"
)

var ErrHelp = errors.New("pflag: help requested")

type ErrorHandling int

const (
	ContinueOnError ErrorHandling = iota
	ExitOnError
	PanicOnError
)

type FlagSet struct{ handling ErrorHandling }

var CommandLine = NewFlagSet(os.Args[0], ExitOnError)

func NewFlagSet(name string, errorHandling ErrorHandling) *FlagSet {
	return &FlagSet{errorHandling}
}

func (f *FlagSet) Parse(arguments []string) error {
	if f.handling == ContinueOnError && len(arguments) > 0 {
		return ErrHelp
	}
	return nil
}
