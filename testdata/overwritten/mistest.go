package overwritten

import "errors"

// The error is assigned in the head of an if that asks for another one.

type wire interface {
	Write(s string) error
	Read() (string, error)
	Close() error
}

func badAsksAnother(w wire, s string) (string, error) {
	err := w.Write("hello")
	var inner error
	if inner = w.Write(s); err != nil { // want `^the error of w.Write is overwritten on line \d+ before anyone looked at it`
		return "", inner
	}
	got, inner := w.Read()
	return got, inner
}

func badAsksAnotherInClosure(w wire, s string) (got string, err error) {
	got, err = func() (string, error) {
		inner := w.Write("hello")
		if inner != nil {
			return "", inner
		}
		if inner = w.Write(s); err != nil { // want `^the error of w.Write is overwritten on line \d+ before anyone looked at it`
			return "", inner
		}
		b, inner := w.Read()
		return b, inner
	}()
	return got, err
}

func okAsksItself(w wire, s string) (string, error) {
	var inner error
	if inner = w.Write(s); inner != nil {
		return "", inner
	}
	got, inner := w.Read()
	return got, inner
}

func okAsksBoth(w wire, s string) (string, error) {
	err := w.Write("hello")
	var inner error
	if inner = w.Write(s); err != nil || inner != nil {
		return "", inner
	}
	got, inner := w.Read()
	return got, inner
}

func okAsksAnotherOnPurpose(w wire, s string) (err error) {
	err = w.Write(s)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}

func badAsksAFlag(w wire, s string, closed bool) (string, error) {
	var inner error
	if inner = w.Write(s); closed { // want `^strict: the error of w.Write`
		return "", inner
	}
	got, inner := w.Read()
	return got, inner
}

func okAsksJoined(w wire, s string) error {
	err := w.Write("hello")
	var inner error
	if inner = w.Write(s); err != nil {
		inner = errors.Join(inner, err)
	}
	return inner
}

func okAsksOtherOfTheCall(w wire) (string, error) {
	var inner error
	var got string
	if got, inner = w.Read(); got != "" {
		return got, inner
	}
	return "", inner
}
