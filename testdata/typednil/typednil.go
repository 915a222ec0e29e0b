// Package typednil holds what the rule flags (bad…) and, at least twice as
// often, what it must not (ok…).
package typednil

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type fault struct{ code int }

func (f *fault) Error() string { return fmt.Sprint("fault ", f.code) }

type faults []error

func (fs faults) Error() string { return fmt.Sprint(len(fs), " faults") }

func (fs faults) Len() int { return len(fs) }

func (fs faults) Cap() int { return cap(fs) }

// validate gives nil where all is well.
func validate(s string) *fault {
	if s == "" {
		return &fault{1}
	}
	return nil
}

// newFault always gives one.
func newFault(code int) *fault { return &fault{code} }

type answer struct{ err error }

func report(err error) {
	if err != nil {
		panic(err)
	}
}

func badReturnedVariable(s string) error {
	var f *fault
	if s == "" {
		f = newFault(1)
	}
	return f // want `^f can be a nil pointer here \(line \d+\), which becomes an error that is not nil`
}

func badReturnedNil() error {
	var f *fault = nil
	return f // want `^f can be a nil pointer here`
}

func badReturnedCall(s string) error {
	return validate(s) // want `^validate can give a nil pointer, which becomes an error that is not nil`
}

func badAssignedCall(s string) error {
	var err error
	err = validate(s) // want `^validate can give a nil pointer`
	if err != nil {
		return fmt.Errorf("invalid: %w", err)
	}
	return nil
}

func badDeclared(s string) bool {
	var err error = validate(s) // want `^validate can give a nil pointer`
	return err == nil
}

func badPassed(s string) {
	report(validate(s)) // want `^validate can give a nil pointer`
}

func badPassedVariable(s string) {
	f := validate(s)
	report(f) // want `^f can be a nil pointer here`
}

func badReturnedUntested(s string) (int, error) {
	f := validate(s)
	return len(s), f // want `^f can be a nil pointer here`
}

func badSent(s string, errs chan error) {
	errs <- validate(s) // want `^validate can give a nil pointer`
}

func badStored(s string) answer {
	return answer{err: validate(s)} // want `^validate can give a nil pointer`
}

func badSetInLoop(lines []string) error {
	var f *fault
	for _, l := range lines {
		if l == "" {
			f = &fault{len(lines)}
		}
	}
	return f // want `^f can be a nil pointer here`
}

func badCollected(lines []string) error {
	var fs faults
	for _, l := range lines {
		if l == "" {
			fs = append(fs, io.EOF)
		}
	}
	return fs // want `^fs can be a nil slice here`
}

func badConverted(s string) error {
	return error(validate(s)) // want `^validate can give a nil pointer`
}

func okTested(s string) error {
	if f := validate(s); f != nil {
		return f
	}
	return nil
}

func okTestedNil(s string) error {
	f := validate(s)
	if f == nil {
		return nil
	}
	return f
}

func okVariableTested(s string) error {
	var f *fault
	if s == "" {
		f = newFault(1)
	}
	if f != nil {
		return f
	}
	return nil
}

func okMade(code int) error { return newFault(code) }

func okMadeHere(code int) error { return &fault{code} }

func okMadeVariable(code int) error {
	f := &fault{}
	f.code = code
	return f
}

func okBothBranches(s string) error {
	var f *fault
	if s == "" {
		f = newFault(1)
	} else {
		f = newFault(2)
	}
	return f
}

// As flows: the flag says that there is one.
func okFlag(s string) error {
	var f *fault
	bad := false
	if s == "" {
		f, bad = newFault(1), true
	}
	if bad {
		return f
	}
	return nil
}

func okAs(err error) error {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	return err
}

func okAsIgnored(err error) error {
	var p *os.PathError
	errors.As(err, &p)
	return p
}

func okConcreteResult(s string) *fault {
	f := validate(s)
	return f
}

func okConcreteParameter(s string) int {
	return codeOf(validate(s))
}

func codeOf(f *fault) int {
	if f == nil {
		return 0
	}
	return f.code
}

func okCollected(lines []string) error {
	var fs faults
	for _, l := range lines {
		if l == "" {
			fs = append(fs, io.EOF)
		}
	}
	if len(fs) == 0 {
		return nil
	}
	return fs
}

func okCollectedFilled(lines []string) error {
	var fs faults
	for _, l := range lines {
		if l == "" {
			fs = append(fs, io.EOF)
		}
	}
	if len(fs) > 0 {
		return fs
	}
	return nil
}

// harbor: the length, by a method of the list's own.
func okCollectedMeasured(lines []string) error {
	var fs faults
	for _, l := range lines {
		if l == "" {
			fs = append(fs, io.EOF)
		}
	}
	if fs.Len() > 0 {
		return fs
	}
	return nil
}

func okCollectedMeasuredNone(lines []string) error {
	var fs faults
	for _, l := range lines {
		if l == "" {
			fs = append(fs, io.EOF)
		}
	}
	if fs.Len() == 0 {
		return nil
	}
	return fs
}

// There may be room, and nothing in it.
func badCollectedRoom(lines []string) error {
	var fs faults
	for _, l := range lines {
		if l == "" {
			fs = append(fs, io.EOF)
		}
	}
	if fs.Cap() >= 0 {
		return fs // want `^fs can be a nil slice here`
	}
	return nil
}

func okJoined(lines []string) error {
	var errs []error
	for range lines {
		errs = append(errs, io.EOF)
	}
	return errors.Join(errs...)
}

// Set by a closure that runs on the spot: nobody knows.
func okSetElsewhere(lines []string, each func(func(string))) error {
	var f *fault
	set := func(s string) { f = newFault(len(s)) }
	each(set)
	return f
}

func okThroughPointer(set func(**fault)) error {
	var f *fault
	set(&f)
	return f
}

func okPanics(s string) error {
	f := validate(s)
	if f == nil {
		panic("no fault")
	}
	return f
}

func okExits(s string) error {
	f := validate(s)
	if f == nil {
		os.Exit(1)
	}
	return f
}

// A pointer that is no error goes into another interface: not what this rule is about.
func okReader(s string) (io.Reader, error) {
	var r *strings.Reader
	if s == "" {
		return r, io.EOF
	}
	return strings.NewReader(s), nil
}

func okSwitch(code int) error {
	var f *fault
	switch code {
	case 0:
		return nil
	case 1:
		f = newFault(1)
	default:
		f = newFault(2)
	}
	return f
}

func okCompared(s string, want error) bool { return errors.Is(validate(s), want) }

func okPrinted(s string) string { return fmt.Sprint(validate(s)) }

func okInterfaceNil(err error) error {
	var e error
	if err != nil {
		e = err
	}
	return e
}

func okErrorsEmpty() error {
	var e error
	return e
}

func okValue() error {
	var p fault
	p.code = 3
	return &p
}

type outcome struct{ failed *fault }

// cause gives a nil pointer where nothing failed.
func (a *outcome) cause() *fault {
	if a.failed == nil {
		return nil
	}
	return a.failed
}

// Whoever asks for the failure first knows that there is one.
func badAsked(a *outcome) error {
	if a.failed != nil {
		return a.cause() // want `^strict: a.cause can give a nil pointer`
	}
	return nil
}

func badAskedInSwitch(a *outcome) error {
	switch {
	case a.failed != nil:
		return a.cause() // want `^strict: a.cause can give a nil pointer`
	}
	return nil
}

func okCauseKept(a *outcome) *fault { return a.cause() }

func okFailedField(a *outcome) bool { return a.cause() != nil }

func okNoCause(a *outcome) error {
	if c := a.cause(); c != nil {
		return c
	}
	return nil
}

func okEmpty(a *outcome) error {
	if a == nil {
		return nil
	}
	return errors.New("outcome")
}

// What gives the type that it takes is made for pointers that may be nil.

type list struct{ errs []error }

func (l *list) Error() string { return "many errors" }

func add(err error, more error) *list {
	l, ok := err.(*list)
	if !ok || l == nil {
		l = new(list)
	}
	l.errs = append(l.errs, more)
	return l
}

func okAppended(names []string) int {
	var all *list
	for _, name := range names {
		if name == "" {
			all = add(all, errors.New("no name"))
		}
	}
	if all == nil {
		return 0
	}
	return len(all.errs)
}

// geth: it gives nil for no error only.
func faultOf(err error) *fault {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) {
		return &fault{2}
	}
	return newFault(3)
}

func okFaultOfFailure(name string) error {
	if _, err := os.Stat(name); err != nil {
		return faultOf(err)
	}
	return nil
}

func okFaultOfFailureKept(name string) error {
	_, err := os.Stat(name)
	if err != nil {
		f := faultOf(err)
		return f
	}
	return nil
}

func okFaultOfNone(name string) error {
	_, err := os.Stat(name)
	if err == nil {
		return nil
	}
	return faultOf(err)
}

func badFaultOfAny(name string) error {
	_, err := os.Stat(name)
	return faultOf(err) // want `^faultOf can give a nil pointer`
}

// It gives nil for others, too.
func faultOfMost(err error) *fault {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return newFault(3)
}

func badFaultOfMost(name string) error {
	if _, err := os.Stat(name); err != nil {
		return faultOfMost(err) // want `faultOfMost can give a nil pointer`
	}
	return nil
}

// btcd: it asks for the pointer again.
func reply(err error) (string, *fault) {
	var f *fault
	if err != nil {
		if is, ok := err.(*fault); ok {
			f = is
		} else {
			f = newFault(4)
		}
	}
	return "reply", f
}

func okReply(name string) string {
	var f *fault
	if name == "" {
		f = newFault(5)
	}
	s, _ := reply(f)
	return s
}

// What it finds it reaches into.
func code(err error) int {
	if is, ok := err.(*fault); ok {
		return is.code
	}
	return 0
}

func badCode(name string) int {
	var f *fault
	if name == "" {
		f = newFault(5)
	}
	return code(f) // want `^f can be a nil pointer here`
}

func okCode(name string) int {
	if name == "" {
		return code(newFault(5))
	}
	return code(nil)
}

func okCodeOf(f *fault) int {
	if f == nil {
		return 0
	}
	return code(f)
}

// Who asks how many there are goes through the loop.
func okCounted(rejected []string) error {
	if n := len(rejected); n == 1 {
		return newFault(n)
	} else if n > 1 {
		var f *fault
		for _, r := range rejected {
			f = newFault(len(r))
		}
		return f
	}
	return nil
}

func okCountedBefore(rejected []string) error {
	if len(rejected) == 0 {
		return nil
	}
	var f *fault
	for _, r := range rejected {
		f = newFault(len(r))
	}
	if f == nil {
		return nil
	}
	return f
}

// In a turn it may be left as it is.
func badCountedOthers(rejected []string) error {
	if len(rejected) > 1 {
		var f *fault
		for _, r := range rejected {
			if r != "" {
				f = newFault(len(r))
			}
		}
		return f // want `^f can be a nil pointer here`
	}
	return nil
}
