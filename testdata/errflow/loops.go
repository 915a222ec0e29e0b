package errflow

import (
	"context"
	"io"
	"log"
	"os"
)

// Loops.

func everyTurn(names []string) error {
	for _, name := range names {
		if _, err := os.Stat(name); err != nil { // want "^err: tested: returned$"
			return err
		}
	}
	return nil
}

func lastTurnOnly(names []string) error {
	var err error
	for _, name := range names {
		_, err = size(name) // want "^err: overwritten; returned$"
	}
	return err
}

func lastTurnTested(names []string) error {
	var err error
	for _, name := range names {
		_, err = size(name) // want "^err: tested: overwritten; tested: returned$"
		if err == nil {
			break
		}
	}
	return err
}

func continued(names []string) {
	for _, name := range names {
		n, err := size(name) // want "^err: tested, jumped: scope end$"
		if err != nil {
			continue
		}
		use(n)
	}
}

func continuedWithLog(names []string) {
	for _, name := range names {
		n, err := size(name) // want "^err: tested, logged, jumped: scope end$"
		if err != nil {
			log.Print(err)
			continue
		}
		use(n)
	}
}

func broken(names []string) error {
	for _, name := range names {
		if _, err := size(name); err != nil { // want "^err: tested, jumped: scope end$"
			break
		}
	}
	return nil
}

func brokenOutOf(names []string) error {
	var err error
	for _, name := range names {
		if _, err = size(name); err != nil { // want "^err: tested, jumped: returned$"
			break
		}
	}
	return err
}

func labelled(lists [][]string) error {
outer:
	for _, names := range lists {
		for _, name := range names {
			_, err := size(name) // want "^err: tested, jumped: scope end$"
			if err != nil {
				continue outer
			}
			if len(name) > 3 {
				break outer
			}
		}
	}
	return nil
}

func retried() error {
	var err error
	for range 3 {
		if err = work(); err == nil { // want "^err: tested: overwritten; tested: returned$"
			return nil
		}
	}
	return err
}

func retriedLost() error {
	for i := 0; i < 3; i++ {
		if err := work(); err == nil { // want "^err: tested: scope end$"
			return nil
		}
	}
	return nil
}

func forever() {
	for {
		if err := work(); err != nil { // want "^err: tested, jumped: scope end$"
			continue
		}
	}
}

func conditionOfLoop() {
	for work() == nil { // want "^work: tested: scope end$"
		use(1)
	}
}

func inThreeParts() error {
	for err := work(); err != nil; err = work() { // want "^err: tested, logged: overwritten$" "^err: tested, logged: overwritten$"
		log.Print(err)
	}
	return nil
}

func rangeOverErrors(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func rangeVariableOverwrites(errs []error) error {
	err := work() // want "^err: overwritten; returned$"
	for _, err = range errs {
		log.Print(err)
	}
	return err
}

func rangeOverFunc(seq func(yield func(int64, error) bool)) error {
	for n, err := range seq {
		if err != nil {
			return err
		}
		use(n)
	}
	return nil
}

func firstKept(names []string) error {
	var first error
	for _, name := range names {
		if _, err := size(name); err != nil && first == nil { // want "^err: tested: scope end; tested: returned$"
			first = err
		}
	}
	return first
}

func whileNil() error {
	var err error
	for err == nil {
		err = work() // want "^err: tested: returned$"
	}
	return err
}

func whileNilAndFew() error {
	var err error
	for i := 0; err == nil && i < 3; i++ {
		err = work() // want "^err: tested: returned$"
	}
	return err
}

func readLoop(r io.Reader) error {
	for {
		_, err := r.Read(nil) // want "^err: matched; unmatched, tested: returned$"
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func readLoopLost(r io.Reader) error {
	for {
		_, err := r.Read(nil) // want "^err: tested, jumped: scope end$"
		if err != nil {
			break
		}
	}
	return nil
}

func overChannel(errs chan error) error {
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func lastTry(n int) error {
	for i := range n {
		err := work() // want "^err: tested: returned; tested, jumped: scope end$"
		if err != nil {
			if i == n-1 {
				return err
			}
			continue
		}
		break
	}
	return nil
}

// goto

func retriedByGoto() error {
	n := 0
again:
	err := work() // want "^err: tested, jumped: overwritten; tested: returned$"
	if err != nil {
		if n++; n < 3 {
			goto again
		}
		return err
	}
	return nil
}

func cleanedUpByGoto() error {
	err := work() // want "^err: tested, jumped: returned$"
	if err != nil {
		goto out
	}
	_, err = size("a") // want "^err: returned$"
out:
	use(1)
	return err
}

func lostByGoto() error {
	if err := work(); err != nil { // want "^err: tested, jumped: success returned$"
		goto out
	}
	use(1)
out:
	return nil
}

func jumpBack(names []string) (err error) {
	i := 0
loop:
	if i < len(names) {
		_, err = size(names[i]) // want "^err: overwritten; returned$"
		i++
		goto loop
	}
	return err
}

// select

func selected(ctx context.Context, errs chan error) error {
	select {
	case err := <-errs: // want "^err: returned$"
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func selectedLost(ctx context.Context, errs chan error) error {
	select {
	case err := <-errs: // want "^err: tested: success returned$"
		if err != nil {
			return nil
		}
	case <-ctx.Done():
	}
	return nil
}

func sentOrLost(errs chan error) {
	err := work() // want "^err: function left; sent$"
	select {
	case errs <- err:
	default:
	}
}

func brokenOutOfSelect(errs chan error) error {
	var err error
	for {
		select {
		case err = <-errs: // want "^err: tested: returned$"
			break
		}
		if err != nil {
			return err
		}
	}
}

func received(errs chan error) {
	err := <-errs // want "^err: tested: function left$"
	if err != nil {
		use(1)
	}
}

func receivedAndDropped(errs chan error) {
	<-errs
}

func endlessSelect() {
	err := work() // want "^err: tested: exited$"
	if err != nil {
		select {}
	}
}

func loopWithSelect(ctx context.Context, errs chan error) error {
	var err error
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case err = <-errs: // want "^err: tested: overwritten; tested: returned$"
			if err == nil {
				continue loop
			}
		}
	}
	return err
}
