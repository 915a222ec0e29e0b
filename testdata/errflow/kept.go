package errflow

import (
	"errors"
	"fmt"
	"os"
)

// Slices, maps, accumulators.

func accumulated(names []string) error {
	var errs []error
	for _, name := range names {
		if _, err := size(name); err != nil { // want "^err: tested: joined$"
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func accumulatedByJoin(names []string) error {
	var all error
	for _, name := range names {
		_, err := size(name) // want "^err: wrapped$"
		all = errors.Join(all, err)
	}
	return all
}

func joinedInHandler(names []string) (all error) {
	for _, name := range names {
		if _, err := size(name); err != nil { // want "^err: tested: wrapped$"
			all = errors.Join(all, fmt.Errorf("%s: %w", name, err))
		}
	}
	return
}

func inSlice(names []string) []error {
	errs := make([]error, len(names))
	for i, name := range names {
		_, err := size(name) // want "^err: stored$"
		errs[i] = err
	}
	return errs
}

func straightIntoSlice(names []string) []error {
	errs := make([]error, len(names))
	for i, name := range names {
		_, errs[i] = size(name)
	}
	return errs
}

func inMap(names []string) map[string]error {
	failed := map[string]error{}
	for _, name := range names {
		if _, err := size(name); err != nil { // want "^err: tested: stored$"
			failed[name] = err
		}
	}
	return failed
}

func inLiteral() []error {
	a := work() // want "^a: returned\\+stored$"
	b := work() // want "^b: returned\\+stored$"
	return []error{a, b}
}

func countedErrors(names []string) error {
	var errs []error
	for _, name := range names {
		_, err := size(name) // want "^err: tested: joined$"
		if err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return errs[0]
	}
	return nil
}

// Fields and sticky errors.

type job struct {
	name string
	err  error
}

func inField(j *job) {
	j.err = work()
}

func inFieldByVariable(j *job) {
	err := work() // want "^err: tested: stored$"
	if err != nil {
		j.err = err
	}
}

func inComposite() job {
	err := work() // want "^err: returned\\+stored$"
	return job{err: err}
}

func ofField(j *job) error {
	if j.err != nil {
		return j.err
	}
	return nil
}

type writer struct {
	f   *os.File
	err error
}

func (w *writer) write(p []byte) {
	if w.err != nil {
		return
	}
	_, w.err = w.f.Write(p)
}

func (w *writer) close() error {
	err := w.f.Close() // want "^err: another error returned; returned$"
	if w.err != nil {
		return w.err
	}
	return err
}

func sticky(f *os.File, lines [][]byte) error {
	w := &writer{f: f}
	for _, line := range lines {
		w.write(line)
	}
	return w.err
}

var lastError error

func inGlobal() {
	lastError = work()
}

func inGlobalByVariable() {
	if err := work(); err != nil { // want "^err: tested: stored$"
		lastError = err
	}
}

func pointerInComposite() *job {
	err := work() // want "^err: stored$"
	return &job{err: err}
}

func fieldOfLocal() error {
	var j job
	j.err = work()
	if j.err != nil {
		return j.err
	}
	return nil
}

func fieldOfLocalLost() {
	var j job
	j.err = work()
	use(1)
}

// Values that escape.

func pointer(store func(*error)) error {
	var err error
	store(&err)
	err = work() // want "^err: shared$"
	return err
}

func channel(errs chan<- error) {
	err := work() // want "^err: sent$"
	errs <- err
}

func channelIfFailed(errs chan<- error) {
	if err := work(); err != nil { // want "^err: tested: sent$"
		errs <- err
	}
}

func passed(handle func(error)) {
	err := work() // want "^err: passed$"
	handle(err)
}

func passedInAny(handle func(...any)) {
	if err := work(); err != nil { // want "^err: tested: passed$"
		handle("failed", err)
	}
}

func converted() any {
	err := work() // want "^err: returned$"
	return any(err)
}
