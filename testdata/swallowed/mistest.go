package swallowed

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"

	"example.org/elsewhere/store"
)

// Tests by which what was asked for, or what was given, stands for every failure.

type page struct{ rows []string }

type pager interface {
	Next(name string) (*page, error)
	Count(name string) (int, error)
}

func badNothingOrEnd(p pager, names []string) (rows []string, err error) {
	for _, name := range names {
		pg, err := p.Next(name)
		if pg == nil || errors.Is(err, io.EOF) { // want `^one kind of error of p.Next \(line \d+\) is handled; any other kind falls through and is lost`
			continue
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, pg.rows...)
	}
	return rows, nil
}

func badNothingOrMissing(path string) ([]byte, error) {
	f, err := os.Open(path)
	if f == nil || os.IsNotExist(err) { // want `^one kind of error of os.Open \(line \d+\) is handled; any other kind falls through and is lost`
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func okErrorFirst(p pager, names []string) (rows []string, err error) {
	for _, name := range names {
		pg, err := p.Next(name)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if pg == nil || errors.Is(err, io.EOF) {
			continue
		}
		rows = append(rows, pg.rows...)
	}
	return rows, nil
}

func okNothingAndEnd(p pager, name string) ([]string, error) {
	pg, err := p.Next(name)
	if pg == nil && errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return pg.rows, nil
}

func okErrorOrNothing(p pager, name string) ([]string, error) {
	pg, err := p.Next(name)
	if err != nil {
		return nil, err
	}
	if pg == nil || len(pg.rows) == 0 {
		return nil, nil
	}
	return pg.rows, nil
}

func okNothingOrFailure(p pager, name string) ([]string, error) {
	pg, err := p.Next(name)
	if pg == nil || err != nil {
		return nil, err
	}
	return pg.rows, nil
}

// The success is told, and what was given goes back as if it were there.

func badGivesBeside(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err == nil {
		slog.Info("opened", "path", path)
	}
	return f, nil // want `^only the success of os.Open \(line \d+\) is dealt with: its failure leaves no trace`
}

func badGivesResponse(c *http.Client, url string) (*http.Response, error) {
	resp, err := c.Get(url)
	if err == nil {
		slog.Info("got", "url", url)
	}
	return resp, nil // want `^only the success of c.Get \(line \d+\) is dealt with: its failure leaves no trace`
}

func okGivesError(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err == nil {
		slog.Info("opened", "path", path)
	}
	return f, err
}

func okGivesAnother(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err == nil {
		return f, nil
	}
	return os.Create(path)
}

func badGivesCount(p pager, name string) (int, error) { // a number is one whatever happened
	n, err := p.Count(name)
	if err == nil {
		slog.Info("counted", "name", name)
	}
	return n, nil // want `^strict: only the success of p.Count`
}

func okGivesGuarded(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err == nil {
		slog.Info("opened", "path", path)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func okGivesPresent(path string) (*os.File, bool) {
	f, err := os.Open(path)
	return f, err == nil
}

func okEndsTheRows(p pager) (rows []string, err error) {
	for {
		pg, err := p.Next("")
		if err == io.EOF || pg == nil && err == nil {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, pg.rows...)
	}
}

// One kind is all that the callee fails by, so that the rest is success: what it gave is there.

// delve
func okOnlyType(x store.Index, size int) int {
	r, err := x.Find(size)
	if _, none := err.(*store.NoRecordError); none {
		return 0
	}
	return r.Size
}

func okOnlyTypeAs(x store.Index, size int) int {
	r, err := x.Find(size)
	var none *store.NoRecordError
	if errors.As(err, &none) {
		return none.Size
	}
	return r.Size
}

func badOneKindOfMore(path string, size int) int {
	r, err := store.Load(path, size)
	if _, none := err.(*store.NoRecordError); none { // want `^one kind of error of store.Load \(line \d+\) is handled; any other kind falls through and is lost`
		return 0
	}
	return r.Size
}
