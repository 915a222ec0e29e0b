package overwritten

import "sync/atomic"

// What is asked about in the place of the error: another result of the same call, which is there only if there is no
// error.

type span struct{ start, end int }

type spans interface {
	First() (*span, error)
	Next() (*span, error)
	Prev() (*span, error)
	Count() (int, error)
}

// pebble: the loop goes on as long as there is a span, so there was no error.
func okWhileThere(it spans, visit func(*span)) error {
	s, err := it.First()
	for s != nil {
		visit(s)
		s, err = it.Next()
	}
	return err
}

func okWhileThereEitherWay(it spans, back bool) (*span, error) {
	s, err := it.First()
	for s != nil {
		if s.end > s.start {
			return s, nil
		}
		if back {
			s, err = it.Prev()
		} else {
			s, err = it.Next()
		}
	}
	return s, err
}

func okGivenWhileThere(it spans, s *span) (*span, error) {
	var err error
	for s != nil {
		if s.end > s.start {
			return s, nil
		}
		s, err = it.Next()
	}
	return nil, err
}

type merger struct {
	it  spans
	cur *span
}

// The result is a field.
func okFieldWhileThere(m *merger) (*span, error) {
	var err error
	m.cur, err = m.it.Next()
	for m.cur != nil {
		if m.cur.end > m.cur.start {
			break
		}
		m.cur, err = m.it.Next()
	}
	if err != nil {
		return nil, err
	}
	return m.cur, nil
}

func okListWhileThere(page func(token string) (rows []string, next string, err error), keep func(string)) error {
	rows, next, err := page("")
	for len(rows) > 0 {
		for _, r := range rows {
			keep(r)
		}
		rows, next, err = page(next)
	}
	return err
}

func okTestedAboveLoop(it spans, visit func(*span)) error {
	s, err := it.First()
	if s == nil {
		return err
	}
	for ; s != nil; s, err = it.Next() {
		visit(s)
	}
	return err
}

func okWhileThereAnd(it spans, visit func(*span), limit int) error {
	s, err := it.First()
	for s != nil && s.end < limit {
		visit(s)
		s, err = it.Next()
	}
	return err
}

func okIfThere(it spans, keep func(*span) error) error {
	s, err := it.First()
	if s != nil {
		err = keep(s)
	}
	return err
}

func okUnlessThere(it spans, keep func(*span) error) error {
	s, err := it.First()
	if nil == s {
		return err
	}
	_, err = it.Next()
	return err
}

type lister interface{ Rows() ([]string, error) }

func okListIfThere(l lister, keep func([]string)) error {
	var rows []string
	var err error
	for {
		if rows != nil {
			keep(rows)
		}
		if rows, err = l.Rows(); len(rows) == 0 {
			return err
		}
	}
}

// What stops the loop is something else.
func badWhileWanted(it spans, full func() bool, visit func(*span)) error {
	var s *span
	var err error
	for !full() {
		visit(s)
		s, err = it.Next() // want `^only the last turn's error of it.Next is looked at: the next turn overwrites it`
	}
	return err
}

// The field of another one was asked.
func badOtherField(m, other *merger) error {
	var err error
	for other.cur != nil {
		m.cur, err = m.it.Next() // want `^only the last turn's error of it.Next is looked at: the next turn overwrites it`
	}
	return err
}

// By the time it is asked, the result is that of another call.
func badOtherCall(it, other spans) error {
	var err error
	for {
		var s *span
		s, err = it.Next() // want `^only the last turn's error of it.Next is looked at: the next turn overwrites it`
		if s = first(other); s == nil {
			break
		}
	}
	return err
}

func first(it spans) *span {
	s, err := it.First()
	if err != nil {
		return nil
	}
	return s
}

// Another error that is there takes its place.

type player struct{ failed atomic.Value }

// pebble: the stored error is why the others were cancelled.
func okReplacedByStored(p *player, wait func() error) error {
	err := wait()
	if stored := p.failed.Load(); stored != nil {
		err = stored.(error)
	}
	return err
}

func okReplacedByAsserted(p *player, wait func() error) error {
	err := wait()
	err = p.failed.Load().(error)
	return err
}

type job struct{ err error }

func okReplacedByField(j *job, wait func() error) error {
	err := wait()
	if stored := j.err; stored != nil {
		err = stored
	}
	return err
}

// What is stored may be nil.
func badReplacedByAny(j *job, wait func() error) error {
	err := wait() // want `^the error of wait is overwritten on line \d+ before anyone looked at it`
	err = j.err
	return err
}

func badReplacedIfError(p *player, wait func() error) error {
	err := wait() // want `^the error of wait is overwritten on line \d+ before anyone looked at it`
	err, _ = p.failed.Load().(error)
	return err
}
