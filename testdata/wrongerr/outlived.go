package wrongerr

import (
	"errors"
	"time"
)

// A loop tries again, and what is returned is the error of a try that failed before another one succeeded.

func badOutlivedBreak(dial func() (int, error)) (int, error) {
	var err error
	conn := 0
	for range 3 {
		n, e := dial()
		if e == nil {
			conn = n
			break
		}
		err = e
	}
	return conn, err // want `^err still holds the error of an earlier turn here, though dial \(line \d+\) has succeeded since: success is told as failure`
}

func badOutlivedContinue(s store, key string) error {
	var last error
	for i := 0; i < 3; i++ {
		_, err := s.Load(key)
		if err != nil {
			last = err
			time.Sleep(time.Second)
			continue
		}
		break
	}
	return last // want `^last still holds the error of an earlier turn here, though s.Load \(line \d+\) has succeeded since`
}

// Forgotten with the success.
func okReset(dial func() (int, error)) (int, error) {
	var err error
	conn := 0
	for range 3 {
		n, e := dial()
		if e == nil {
			conn, err = n, nil
			break
		}
		err = e
	}
	return conn, err
}

// Success leaves at once.
func okLeavesAtOnce(dial func() (int, error)) (int, error) {
	var err error
	for range 3 {
		n, e := dial()
		if e == nil {
			return n, nil
		}
		err = e
	}
	return 0, err
}

// The variable itself is assigned each turn.
func okSameVariable(dial func() (int, error)) (n int, err error) {
	for range 3 {
		if n, err = dial(); err == nil {
			break
		}
	}
	return n, err
}

// Each turn does something else, and all that failed is told.
func okEachItem(s store, keys []string) error {
	var errs error
	for _, key := range keys {
		_, err := s.Load(key)
		if err != nil {
			errs = err
			continue
		}
		if key == "last" {
			break
		}
	}
	return errs
}

// All turns are done: one that failed is told.
func okAllTurns(s store) error {
	var failed error
	for range 3 {
		if err := s.Close(); err != nil {
			failed = err
		}
	}
	return failed
}

// Asked before: the error has another use then.
func okAllJoined(dial func() (int, error)) (int, error) {
	var errs []error
	for range 3 {
		n, err := dial()
		if err == nil {
			return n, nil
		}
		errs = append(errs, err)
	}
	return 0, errors.Join(errs...)
}
