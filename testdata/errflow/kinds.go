package errflow

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log"
	"os"
	"strings"
)

// Kinds: the edge on which the kind was recognised handles the error, the other one does not.

func is() error {
	_, err := os.Stat("a") // want "^err: matched; unmatched: returned$"
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func isThenLost() error {
	_, err := os.Stat("a") // want "^err: matched; unmatched: success returned$"
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return nil
}

func isNot() error {
	_, err := os.Stat("a") // want "^err: matched; unmatched: returned$"
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func isInHandler() error {
	if _, err := os.Stat("a"); err != nil { // want "^err: tested, unmatched: scope end; tested: matched$"
		if errors.Is(err, fs.ErrNotExist) {
			use(1)
		}
	}
	return nil
}

func isEither() error {
	_, err := os.Stat("a") // want "^err: matched; unmatched: matched; unmatched: returned$"
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}

func as() error {
	_, err := os.Open("a") // want "^err: matched; unmatched: returned$"
	var pe *fs.PathError
	if errors.As(err, &pe) {
		log.Print(pe.Path)
		return nil
	}
	return err
}

func isFlag() error {
	_, err := os.Stat("a") // want "^err: matched; unmatched: returned$"
	missing := errors.Is(err, fs.ErrNotExist)
	if missing {
		return nil
	}
	return err
}

func isFlagLost() {
	_, err := os.Stat("a") // want "^err: unmatched: function left; matched$"
	missing := errors.Is(err, fs.ErrNotExist)
	if missing {
		use(1)
	}
}

func equal(r io.Reader) error {
	_, err := r.Read(nil) // want "^err: matched; unmatched: returned$"
	if err == io.EOF {
		return nil
	}
	return err
}

func equalLost(r io.Reader) {
	_, err := r.Read(nil) // want "^err: unmatched: function left; matched$"
	if err == io.EOF {
		use(1)
	}
}

func notEqual(r io.Reader) error {
	_, err := r.Read(nil) // want "^err: matched; unmatched: returned$"
	if err != io.EOF {
		return err
	}
	return nil
}

func notNilAndNotEOF(r io.Reader) error {
	_, err := r.Read(nil) // want "^err: tested: matched; tested, unmatched: returned$"
	if err != nil && err != io.EOF {
		return err
	}
	return nil
}

func assertion() error {
	_, err := os.Open("a") // want "^err: matched; unmatched: returned$"
	if _, ok := err.(*fs.PathError); ok {
		return nil
	}
	return err
}

func text() error {
	err := work() // want "^err: tested: matched; tested, unmatched: returned$"
	if err != nil && strings.Contains(err.Error(), "busy") {
		return nil
	}
	return err
}

func ofContext(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return nil
}

func kindsInTurn(r io.Reader) error {
	_, err := r.Read(nil) // want "^err: matched; unmatched: matched; unmatched, tested: returned$"
	if err == io.EOF {
		return nil
	} else if errors.Is(err, errBusy) {
		return nil
	} else if err != nil {
		return err
	}
	return nil
}

func kindInHandler() error {
	err := work() // want "^err: tested: matched; tested, unmatched: matched; tested, unmatched: success returned$"
	if err != nil {
		switch {
		case errors.Is(err, errBusy):
			use(1)
		case errors.Is(err, io.EOF):
			use(2)
		}
	}
	return nil
}

func kindOfOneOnly() error {
	err := work() // want "^err: tested: matched; tested, unmatched: returned$"
	if err != nil && !errors.Is(err, errBusy) {
		return err
	}
	return nil
}

func kindInInit() error {
	err := work() // want "^err: matched; unmatched: returned$"
	if busy := errors.Is(err, errBusy); busy {
		return nil
	}
	return err
}

func isOther(other error) error { // want "^other: passed$"
	err := work() // want "^err: matched; unmatched: returned$"
	if errors.Is(err, other) {
		return nil
	}
	return err
}

func assertedOutright() string {
	err := work() // want "^err: passed$"
	return err.(*fs.PathError).Path
}

func reversed(err error) error { // want "^err: matched; unmatched: returned$"
	if errors.Is(errBusy, err) {
		return nil
	}
	return err
}

func isLocal() error {
	stop := errors.New("stop") // want "^stop: passed$"
	err := work()              // want "^err: matched; unmatched: returned$"
	if errors.Is(err, stop) {
		return nil
	}
	return err
}

// Switches.

func taglessSwitch() error {
	err := work() // want "^err: tested: matched; tested, unmatched: returned$"
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errBusy):
		return nil
	default:
		return err
	}
}

func taglessSwitchLost() {
	err := work() // want "^err: tested, unmatched: function left; tested: matched$"
	switch {
	case err == nil:
		use(1)
	case errors.Is(err, errBusy):
		use(2)
	}
}

func switchOnError() error {
	switch err := work(); err { // want "^err: tested: matched; tested, unmatched: matched; tested, unmatched: returned$"
	case nil:
		return nil
	case errBusy, io.EOF:
		return nil
	default:
		return err
	}
}

func switchOnErrorLost() {
	switch err := work(); err { // want "^err: tested, unmatched: scope end; tested: matched$"
	case nil:
		use(1)
	case errBusy:
		use(2)
	}
}

func switchFallsThrough() error {
	err := work() // want "^err: matched; unmatched, tested: returned$"
	switch err {
	case errBusy:
		fallthrough
	case nil:
		use(1)
	default:
		return err
	}
	return nil
}

func typeSwitchOnVariable() error {
	err := work() // want "^err: tested: matched; tested, unmatched: returned$"
	switch e := err.(type) {
	case nil:
	case *fs.PathError:
		log.Print(e.Path)
	default:
		return err
	}
	return nil
}

func typeSwitchLost() {
	err := work() // want "^err: unmatched: function left; matched$"
	switch err.(type) {
	case *fs.PathError:
		use(1)
	}
}

func typeSwitchFaces() error {
	err := work() // want "^err: matched; unmatched: matched; unmatched: success returned$"
	switch e := err.(type) {
	case interface{ Timeout() bool }:
		if e.Timeout() {
			return nil
		}
	case *fs.PathError, *os.LinkError:
		return e
	}
	return nil
}

func switchOnText() error {
	err := work() // want "^err: matched; unmatched: returned$"
	switch err.Error() {
	case "busy":
		return nil
	}
	return err
}

func breakOutOfSwitch(names []string) error {
	for _, name := range names {
		_, err := size(name) // want "^err: tested: matched; tested, unmatched: returned$"
		switch {
		case err == nil:
			continue
		case errors.Is(err, errBusy):
			break
		default:
			return err
		}
	}
	return nil
}

func breakOutOfLoopFromSwitch(names []string) (err error) {
loop:
	for _, name := range names {
		_, err = size(name) // want "^err: tested, jumped: returned$"
		switch {
		case err != nil:
			break loop
		}
	}
	return err
}

func breakOutOfBlock() error {
	err := work() // want "^err: tested, jumped: returned$"
block:
	switch {
	default:
		if err != nil {
			break block
		}
		use(1)
	}
	return err
}
