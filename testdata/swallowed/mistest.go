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

// The error is tested only where something was given, and with an error nothing is.

type row struct{ id int }

func readRow(f *os.File) (*row, error) {
	var b [1]byte
	if _, err := f.Read(b[:]); err == io.EOF {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return &row{int(b[0])}, nil
}

// delve: any failure ends the loop as if there were no more.
func badTestedInVain(f *os.File, id int) (*row, error) {
	for r, err := readRow(f); r != nil; r, err = readRow(f) { // want `^the error of readRow \(line \d+\) is tested only where r is not nil, as it never is with an error: its failure leaves no trace`
		if err != nil {
			return nil, err
		}
		if r.id == id {
			return r, nil
		}
	}
	return nil, errors.New("no such row")
}

func badTestedInVainOnce(f *os.File) (int, error) {
	if r, err := readRow(f); r != nil { // want `^the error of readRow \(line \d+\) is tested only where r is not nil, as it never is with an error: its failure leaves no trace`
		if err != nil {
			return 0, err
		}
		return r.id, nil
	}
	return 0, nil
}

func badTestedInVainFurther(f *os.File, old int) (int, error) {
	r, err := readRow(f)
	if r != nil && r.id > old { // want `^the error of readRow \(line \d+\) is tested only where r is not nil, as it never is with an error: its failure leaves no trace`
		if err != nil {
			slog.Error("cannot read", "err", err)
			return 0, err
		}
		old = r.id
	}
	return old, nil
}

// cortex: what cannot be is told all the same, and nothing turns back there.
func badStrictTestedForSure(f *os.File) (int, error) {
	r, err := readRow(f)
	if r != nil {
		if err != nil {
			slog.Error("a row and an error", "err", err)
		}
		return r.id, nil
	}
	return 0, nil // want `^strict: only the success of readRow`
}

var errNoRow = errors.New("no row")

func findRow(rows []*row, id int) (*row, error) {
	for _, r := range rows {
		if r.id == id {
			return r, nil
		}
	}
	return nil, errNoRow
}

func badStrictOneAnswer(rows []*row) int {
	if r, err := findRow(rows, 1); r != nil { // want `^strict: only the success of findRow`
		if err != nil {
			return -1
		}
		return r.id
	}
	return 0
}

// The result alone is asked: whoever wrote that may have known what it says.
func badStrictResultAsked(f *os.File) int {
	r, err := readRow(f)
	if r != nil {
		_ = err
		return r.id
	}
	return 0 // want `^strict: only the success of readRow`
}

// Another error is tested there.
func badStrictAnotherTested(f *os.File) (int, error) {
	r, err := readRow(f)
	if r != nil {
		if _, err = f.Seek(0, 0); err != nil {
			return 0, err
		}
		return r.id, nil
	}
	return 0, nil // want `^strict: only the success of readRow`
}

func okTestedBehind(f *os.File) (sum int, err error) {
	r, err := readRow(f)
	for ; r != nil; r, err = readRow(f) {
		if err != nil {
			return 0, err
		}
		sum += r.id
	}
	return sum, err
}

func okTestedElse(f *os.File) (int, error) {
	if r, err := readRow(f); r != nil {
		if err != nil {
			return 0, err
		}
		return r.id, nil
	} else if err != nil {
		return 0, err
	}
	return 0, nil
}

func okTestedWithNothing(f *os.File) (int, error) {
	r, err := readRow(f)
	if r == nil {
		if err != nil {
			return 0, err
		}
		return 0, nil
	}
	return r.id, nil
}

// What may come with an error is another matter: there the test is not in vain.
func badStrictTestedBeside(f *os.File) (sum int, err error) {
	part := func() (*row, error) {
		var b [1]byte
		_, err := f.Read(b[:])
		return &row{int(b[0])}, err
	}
	if r, err := part(); r != nil { // want `^strict: only the success of part`
		if err != nil {
			return 0, err
		}
		return r.id, nil
	}
	return 0, nil
}

func badStrictTestedOfInterface(p pager, name string) ([]string, error) {
	if pg, err := p.Next(name); pg != nil { // want `^strict: only the success of p.Next`
		if err != nil {
			return nil, err
		}
		return pg.rows, nil
	}
	return nil, nil
}

func okTestedByCondition(f *os.File) (sum int, err error) {
	for r, err := readRow(f); r != nil || err != nil; r, err = readRow(f) {
		if err != nil {
			return 0, err
		}
		sum += r.id
	}
	return sum, nil
}

func okTestedFirst(f *os.File) (int, error) {
	r, err := readRow(f)
	if err != nil {
		return 0, err
	}
	if r != nil {
		return r.id, nil
	}
	return 0, nil
}

func okTestedTwice(f *os.File) (int, error) {
	r, err := readRow(f)
	if r != nil {
		if err != nil {
			return 0, err
		}
		return r.id, nil
	}
	if err != nil {
		return 0, err
	}
	return 0, nil
}

func okTestedAfterLoop(f *os.File) (int, error) {
	sum := 0
	var r *row
	var err error
	for r, err = readRow(f); r != nil; r, err = readRow(f) {
		if err != nil {
			return 0, err
		}
		sum += r.id
	}
	if err != nil {
		return 0, err
	}
	return sum, nil
}

func okTestedReturned(f *os.File) (*row, error) {
	r, err := readRow(f)
	if r != nil {
		if err != nil {
			slog.Error("cannot read", "err", err)
		}
		r.id++
	}
	return r, err
}

func okTestedNamed(f *os.File) (r *row, err error) {
	if r, err = readRow(f); r != nil {
		if err != nil {
			return
		}
		r.id++
	}
	return
}

func okTestedKept(f *os.File) (int, []error) {
	var errs []error
	r, err := readRow(f)
	errs = append(errs, err)
	if r != nil {
		if err != nil {
			return 0, errs
		}
		return r.id, nil
	}
	return 0, errs
}

func okTestedEnds(f *os.File) int {
	r, err := readRow(f)
	if r != nil {
		if err != nil {
			panic(err)
		}
		return r.id
	}
	if err != nil {
		panic(err)
	}
	return 0
}

func okTestedOr(f *os.File) (int, error) {
	r, err := readRow(f)
	if r != nil || err != nil {
		if err != nil {
			return 0, err
		}
		return r.id, nil
	}
	return 0, nil
}

func okTestedSent(f *os.File, failures chan<- error) int {
	r, err := readRow(f)
	if r != nil {
		if err != nil {
			return -1
		}
		return r.id
	}
	failures <- err
	return 0
}

func okTestedPassedOn(f *os.File, report func(error)) int {
	if r, err := readRow(f); r != nil {
		if err != nil {
			return -1
		}
		return r.id
	} else {
		report(err)
	}
	return 0
}

func okAnswerTested(rows []*row) (int, error) {
	r, err := findRow(rows, 1)
	if r != nil {
		if err != nil {
			return -1, err
		}
		return r.id, nil
	}
	return 0, err
}

func okAnswerFirst(rows []*row) (int, error) {
	r, err := findRow(rows, 1)
	if err != nil {
		return -1, err
	}
	if r != nil {
		return r.id, nil
	}
	return 0, nil
}

func okAnswerElse(rows []*row) (int, error) {
	if r, err := findRow(rows, 1); r != nil && err == nil {
		return r.id, nil
	} else if err != nil {
		return 0, err
	}
	return 0, nil
}

func okAnswerMatched(rows []*row) (int, error) {
	r, err := findRow(rows, 1)
	if errors.Is(err, errNoRow) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return r.id, nil
}
