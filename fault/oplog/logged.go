package oplog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"slices"
	"time"

	"github.com/errvet/errvet/fault"
)

// logged marks an error that a record of the given level has told of.
type logged struct {
	error
	level slog.Level
	at    time.Time
}

func (l *logged) Unwrap() error { return l.error }

// Logged reports whether err was logged at slog.LevelError or above: whether err, or an error that it wraps, has the
// mark of [Op.End] or [MarkLogged]. Several errors joined count as logged if each of them is; the
// package comment has the details. It is false for nil.
//
// It is for those who log what nobody else may have logged, as package boundary does: middlewares,
// interceptors, the end of main.
func Logged(err error) bool {
	return isLogged(err, slog.LevelError, time.Time{})
}

// MarkLogged marks err as logged at slog.LevelError, for code that logs a failure itself and returns it. The text,
// errors.Is and errors.As stay those of err; nil stays nil, and so does what is marked already.
func MarkLogged(err error) error {
	if err == nil || Logged(err) {
		return err
	}
	return &logged{error: err, level: slog.LevelError, at: time.Now()}
}

// isLogged reports whether a record of at least the given level has told of err since the given time.
func isLogged(err error, level slog.Level, since time.Time) bool {
	for err != nil {
		if mark, ok := err.(*logged); ok && mark.level >= level && !mark.at.Before(since) {
			return true
		}
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			err = x.Unwrap()
		case interface{ Unwrap() []error }:
			return allLogged(x.Unwrap(), reflect.TypeOf(err), level, since)
		default:
			return false
		}
	}
	return false
}

// sentence is the type of an error made by fmt.Errorf with several %w, and list that of one made by errors.Join. A
// sentence tells one failure, a list several. Of other types nobody knows.
var (
	sentence = reflect.TypeOf(fmt.Errorf("%w %w", io.EOF, io.EOF))
	list     = reflect.TypeOf(errors.Join(io.EOF))
)

// allLogged is isLogged of an error of type t that wraps errs.
func allLogged(errs []error, t reflect.Type, level slog.Level, since time.Time) bool {
	logged := false
	open := false // there was an error that may be the kind of the next
	for _, err := range errs {
		switch {
		case err == nil, isKind(err, t != list && t != sentence):
		case isLogged(err, level, since):
			logged, open = true, false
		case t == sentence && !wraps(err):
			open = true
		default:
			return false
		}
	}
	return logged && !open
}

// isKind reports whether err names a kind of failure and tells of none. A sentence of nothing but kinds is one too, where
// it stands beside a failure as a reason: retry.Error says by one that the deadline was near.
func isKind(err error, orReason bool) bool {
	if _, code := err.(fault.Code); code || err == context.Canceled || err == context.DeadlineExceeded {
		return true
	}
	several, ok := err.(interface{ Unwrap() []error })
	return ok && orReason && reflect.TypeOf(err) == sentence &&
		!slices.ContainsFunc(several.Unwrap(), func(e error) bool { return !isKind(e, false) })
}

func wraps(err error) bool {
	switch x := err.(type) {
	case interface{ Unwrap() error }:
		return x.Unwrap() != nil
	case interface{ Unwrap() []error }:
		return len(x.Unwrap()) > 0
	}
	return false
}
