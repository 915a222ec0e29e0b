// Package kinds tells errors apart.
package kinds

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
)

type codeError struct{ code int }

func (e *codeError) Error() string { return fmt.Sprint("code ", e.code) }

type temporary interface{ Temporary() bool }

func located(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("kinds: %w", err)
}

// Retry asks for types only.
func Retry(err error) bool {
	err = located(err)
	switch err.(type) {
	case *codeError, *fs.PathError:
		return false
	case temporary:
		return true
	case nil:
		return false
	default:
		return true
	}
}

// Code uses the error of one case.
func Code(err error) int {
	err = located(err)
	switch e := err.(type) {
	case nil:
		return 0
	case *codeError:
		return e.code
	case *fs.PathError:
		return 1
	}
	return 2
}

// Both uses it in two: no variable has both types.
func Both(err error) string {
	err = located(err)
	switch e := err.(type) {
	case *codeError:
		return e.Error()
	case *fs.PathError:
		return e.Path
	}
	return ""
}

// Any uses it where it is whatever it was.
func Any(err error) string {
	err = located(err)
	switch e := err.(type) {
	case *codeError:
		return fmt.Sprint(e.code)
	default:
		return e.Error()
	}
}

// Kept is half checked, at the head of a chain.
func Kept(path string) int {
	n := 0
	err := os.Rename(path, path+".old")
	if errors.Is(err, fs.ErrExist) {
		n--
	} else if err == nil && path != "" {
		n++
	}
	return n
}

// Counted is half checked in the middle of one.
func Counted(path string) int {
	n := 0
	if err := os.Chdir("/"); err != nil {
		log.Printf("cannot enter /: %v", err)
	}
	err := os.Rename(path, path+".old")
	if err == nil {
		n++
	} else if errors.Is(err, fs.ErrExist) {
		n--
	}
	return n
}

// Chained is half checked at the head of a chain, and the error is asked for again at its end.
func Chained(path string) bool {
	defer log.Print("done")
	err := os.Rename(path, path+".old")
	if err == fs.ErrExist {
		println("there already")
	} else if err == nil && path != "" {
		println("renamed")
	}
	return true
}
