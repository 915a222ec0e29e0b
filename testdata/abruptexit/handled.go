package abruptexit

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"regexp"
	"sync"
	"testing"
)

func init() {
	if err := os.Setenv("TZ", "UTC"); err != nil {
		panic(err)
	}
}

func MustLoad(name string) []byte {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return data
}

func mustRemove(name string) error {
	if err := os.Remove(name); err != nil {
		panic(err)
	}
	return nil
}

func okReturned(name string) error {
	if err := os.Remove(name); err != nil {
		return fmt.Errorf("removing: %w", err)
	}
	return nil
}

func okConstant() (*url.URL, error) {
	u, err := url.Parse("https://example.com")
	if err != nil {
		panic(err)
	}
	return u, nil
}

func okPattern() (*regexp.Regexp, error) {
	re, err := regexp.Compile("^a+$")
	if err != nil {
		panic(err)
	}
	return re, nil
}

func okImpossible(kind int) error {
	switch kind {
	case 0:
		return nil
	}
	panic("unknown kind")
}

func okImpossibleError(kind int) error {
	if kind > 3 {
		panic(errors.New("unknown kind"))
	}
	return nil
}

func okMadeHere(kind int) error {
	err := fmt.Errorf("unknown kind %d", kind)
	if kind > 3 {
		panic(err)
	}
	return nil
}

func okNilError(name string) error {
	err := os.Remove(name)
	if err == nil {
		panic("it was there")
	}
	return nil
}

func okUntested(name string, force bool) error {
	err := os.Remove(name)
	if force {
		panic("forced")
	}
	return err
}

func okOtherPath(name string, n int) error {
	if err := os.Remove(name); err != nil {
		return err
	}
	if n < 0 {
		panic("negative")
	}
	return nil
}

func okTest(t *testing.T, name string) error {
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	return nil
}

func okReset(name string) error {
	err := os.Remove(name)
	if err != nil {
		err = nil
	}
	if err == nil && name == "" {
		panic("no name")
	}
	return nil
}

func okNoDefer(name string) {
	fmt.Println(name)
	os.Exit(0)
}

func okReadClose(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer f.Close()
	if name == "x" {
		os.Exit(0)
	}
}

func okUnlocks(mu *sync.Mutex, n int) {
	mu.Lock()
	defer mu.Unlock()
	if n > 3 {
		os.Exit(n)
	}
}

func okFlushedByHand(w *os.File, s string) {
	out := bufio.NewWriter(w)
	defer out.Flush()
	if _, err := out.WriteString(s); s == "" && err == nil {
		out.Flush()
		os.Exit(0)
	}
}

func okRemovedByHand(n int) {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		return
	}
	defer os.RemoveAll(dir)
	if n > 3 {
		os.RemoveAll(dir)
		os.Exit(n)
	}
}

func okDeferredLater(w *os.File, n int) {
	if n > 3 {
		os.Exit(n)
	}
	out := bufio.NewWriter(w)
	defer out.Flush()
	out.WriteByte('x')
}

func okOtherBranch(w *os.File, n int) {
	if n < 3 {
		out := bufio.NewWriter(w)
		defer out.Flush()
		out.WriteByte('x')
	} else {
		os.Exit(n)
	}
}

func okPanicRunsDefers(w *os.File, s string) {
	out := bufio.NewWriter(w)
	defer out.Flush()
	if _, err := out.WriteString(s); s == "" && err == nil {
		panic("empty")
	}
}

func okInLiteral(w *os.File) func() {
	out := bufio.NewWriter(w)
	defer out.Flush()
	return func() { os.Exit(1) }
}

func okLogged(name string) {
	if err := os.Remove(name); err != nil {
		log.Print(err)
	}
}

func okRollback(begin func() (interface{ Rollback() error }, error), n int) {
	tx, err := begin()
	if err != nil {
		return
	}
	defer tx.Rollback()
	if n > 3 {
		os.Exit(n)
	}
}

func okRemoveOther(name string, n int) {
	defer os.Remove(name)
	if n > 3 {
		os.Exit(n)
	}
}

func okCannotFail(b *bufio.Reader) (string, error) {
	s, err := b.ReadString('\n')
	switch {
	case err == io.EOF:
		return s, nil
	case err != nil:
		return "", err
	}
	if s == "" {
		panic("a line has its end")
	}
	return s, nil
}

func okGoexit(name string, done func()) {
	defer done()
	if err := os.Remove(name); err != nil {
		return
	}
	os.Exit(0)
}

func okJoined(names []string) error {
	var errs []error
	for _, name := range names {
		if err := os.Remove(name); err != nil {
			errs = append(errs, err)
		}
	}
	if len(names) == 0 {
		panic("nothing to do")
	}
	return errors.Join(errs...)
}

func okStruct(name string) error {
	if _, err := os.Stat(name); err == nil {
		return errors.New("it is there")
	}
	if name == "" {
		panic("no name")
	}
	return nil
}

func okUsesMust(name string) error {
	_ = MustLoad(name)
	return mustRemove(name)
}

func okLoop(names []string) error {
	for _, name := range names {
		if err := os.Remove(name); err != nil {
			continue
		}
		if name == "" {
			panic("no name")
		}
	}
	return nil
}

func okTypeAssertion(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		panic("no string")
	}
	return s, nil
}

func okExitWithoutError(n int, name string) error {
	if n < 0 {
		os.Exit(2)
	}
	return os.Remove(name)
}

func okFirstChecked(name string) (err error) {
	if err = os.Remove(name); err == nil {
		return nil
	}
	return err
}

func okSlice(names []string) error {
	if len(names) == 0 {
		panic("no names")
	}
	return os.Remove(names[0])
}

func okFlagged(name string, strict bool) error {
	err := os.Remove(name)
	if strict && name == "" {
		panic("no name")
	}
	return err
}

func okHelp(name string) error {
	if err := os.Remove(name); errors.Is(err, os.ErrNotExist) {
		os.Exit(0)
	}
	return nil
}

type logger struct{}

func (logger) Sync() error { return nil }

func okSynced(l logger, n int) {
	defer l.Sync()
	if n > 3 {
		os.Exit(n)
	}
}

func okNotProved(name string) error {
	err := os.Remove(name)
	defer func() {
		if err != nil {
			log.Print(err)
		}
	}()
	if name == "" {
		panic("no name")
	}
	return err
}

func okEmpty(names []string) error {
	for range names {
		panic("there are names")
	}
	return nil
}

func okOutside(name string) error {
	if name == "" {
		log.Fatal("no name")
	}
	return os.Remove(name)
}

// Nothing was written yet.

func okOnlyPrepared(f *os.File, rows []string) {
	out := &tracker{bufio.NewWriter(f)}
	defer out.w.Flush()
	show := func(row string) { fmt.Fprintln(out, row) }
	if len(rows) == 1 {
		show(rows[0])
		return
	}
	if len(rows) == 0 {
		os.Exit(2)
	}
	for _, row := range rows {
		show(row)
	}
}

type job struct {
	out  *bufio.Writer
	name string
}

func (j *job) prepare() { j.name = "job" }

func okHolderPrepared(j *job, f *os.File) {
	j.out = bufio.NewWriter(f)
	defer j.out.Flush()
	j.prepare()
	if j.name == "" {
		os.Exit(2)
	}
	j.out.WriteString(j.name)
}

func okMatch(s string) (bool, error) {
	ok, err := regexp.MatchString("^[a-z]+$", s)
	if err != nil {
		panic(err)
	}
	return ok, nil
}

// Errors that are told, and ends that have nothing to do with them.

func okPrintsVersion(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("no version: %w", err)
	}
	fmt.Printf("%s\n", data)
	os.Exit(0)
	return nil
}

type storage struct {
	f    *os.File
	name string
}

func (s *storage) okReopen(next string) (err error) {
	if err = s.f.Close(); err != nil {
		return fmt.Errorf("closing: %w", err)
	}
	if err = os.Rename(next, s.name); err != nil {
		return fmt.Errorf("replacing: %w", err)
	}
	s.f, err = os.OpenFile(s.name, os.O_RDWR, 0)
	return err
}

func okLevel(name string) (int, error) {
	n, err := levelOf(name)
	if err != nil {
		return 0, fmt.Errorf("setting: %w", err)
	}
	if n > len(levels) {
		panic("level out of range")
	}
	return n, nil
}

func okLimits(n int) error {
	if n < 0 {
		log.Panicf("limit of %d", n)
	}
	return nil
}

func okIgnoresHelp(name string) error {
	if err := os.Remove(name); errors.Is(err, os.ErrNotExist) {
		os.Exit(0)
	}
	return nil
}

func okFlushesByHand(t *tracker, rows []string) {
	defer t.w.Flush()
	for _, row := range rows {
		fmt.Fprintln(t, row)
	}
	if len(rows) > 3 {
		t.w.Flush()
		os.Exit(3)
	}
}

func okDefersBehind(t *tracker, row string) {
	fmt.Fprintln(t, row)
	if row == "" {
		os.Exit(3)
	}
	defer t.w.Flush()
	fmt.Fprintln(t, row)
}

func okAnotherWriter(t *tracker, u *bufio.Writer, row string) {
	defer u.Flush()
	fmt.Fprintln(t, row)
	if row == "" {
		os.Exit(3)
	}
}

func okNamesOnly(j *job, row string) {
	defer j.out.Flush()
	if j.name == row {
		os.Exit(3)
	}
	fmt.Fprintln(j.out, row)
}

func okReturnsCode(t *tracker, rows []string) int {
	defer t.w.Flush()
	for _, row := range rows {
		if _, err := fmt.Fprintln(t, row); err != nil {
			return 1
		}
	}
	return 0
}

func okExitsOutside(t *tracker, rows []string) { os.Exit(okReturnsCode(t, rows)) }

func okFlushedBeforeTemporary(w *os.File, s string) error {
	out := bufio.NewWriter(w)
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	out.WriteString(s)
	if err := os.WriteFile(dir+"/a", []byte(s), 0o600); err != nil {
		return err
	}
	return out.Flush()
}

func okTemporaryReturned(s string) error {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return os.WriteFile(dir+"/a", []byte(s), 0o600)
}
