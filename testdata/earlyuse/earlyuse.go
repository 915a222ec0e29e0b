// Package earlyuse holds what the rule flags (bad…) and, at least twice as
// often, what it must not (ok…).
package earlyuse

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"

	"example.org/elsewhere/store"

	v1 "errvet.test/testdata/listers/orders/v1"
)

type conf struct{ name string }

func (c *conf) Name() string { return c.name }

func (c *conf) Close() error { return os.Remove(c.name) }

func load(path string) (*conf, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return &conf{string(data)}, nil
}

func chain(path string) ([]*conf, error) {
	c, err := load(path)
	if err != nil {
		return nil, err
	}
	return []*conf{c}, nil
}

// partial gives what it has, with or without an error.
func partial(path string) (*conf, error) {
	c := &conf{path}
	return c, os.Remove(path)
}

type getter interface {
	Get(url string) (*conf, error)
}

// cli: the status is read before the error is looked at.
func badStatus(url string) (int, error) {
	resp, err := http.Get(url)
	code := resp.StatusCode // want `^resp, which is nil if it failed, is used before the error of http.Get \(line \d+\) is looked at`
	if err != nil {
		return 0, err
	}
	return code, resp.Body.Close()
}

func badDeferredClose(url string) error {
	resp, err := http.Get(url)
	defer resp.Body.Close() // want `^resp, which is nil if it failed, is used before the error of http.Get`
	if err != nil {
		return err
	}
	return nil
}

func badMethodValue(path string) (func() string, error) {
	c, err := load(path)
	name := c.Name // want `^c, which is nil if it failed, is used before the error of load`
	return name, err
}

func badField(path string) (string, error) {
	c, err := load(path)
	return c.name, err // want `^c, which is nil if it failed, is used before the error of load`
}

// caddy: the chain is indexed first.
func badIndex(path string) (*conf, error) {
	list, err := chain(path)
	first := list[0] // want `^list, which is nil if it failed, is used before the error of chain`
	if err != nil {
		return nil, err
	}
	return first, nil
}

// syncthing: the log line on the failure path.
func badFailedLog(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			log.Print("accepting from ", conn.RemoteAddr()) // want `^l.Accept failed \(line \d+\), and conn, which is nil then, is used`
			return
		}
		conn.Close()
	}
}

func badFailedName(path string) string {
	c, err := load(path)
	if err != nil {
		return fmt.Sprintf("cannot load %s: %v", c.name, err) // want `^load failed \(line \d+\), and c, which is nil then, is used`
	}
	return c.name
}

// helm: nothing is known of the getter.
func badUnknown(g getter, url string) (string, error) {
	c, err := g.Get(url)
	return c.Name(), err // want `^c is used before the error of g.Get \(line \d+\) is looked at`
}

func badUnknownFunc(get func() (*conf, error)) (string, error) {
	c, err := get()
	name := c.name // want `^c is used before the error of get`
	if err != nil {
		return "", err
	}
	return name, nil
}

func okStatus(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func okNilTested(url string) (int, error) {
	resp, err := http.Get(url)
	if resp != nil {
		defer resp.Body.Close()
	}
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func okNilTestedOnFailure(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		if resp != nil {
			return resp.Status
		}
		return err.Error()
	}
	return resp.Status
}

// Handed on together with its error.
func okHandedOn(path string) (*conf, error) {
	c, err := load(path)
	return c, err
}

func okPassedOn(path string, use func(*conf, error)) {
	c, err := load(path)
	use(c, err)
}

// Counts and partial results are documented to be usable beside an error.
func okReader(r io.Reader, buf []byte) ([]byte, error) {
	n, err := r.Read(buf)
	return buf[:n], err
}

func okReadAll(r io.Reader) (string, error) {
	data, err := io.ReadAll(r)
	text := string(data)
	return text, err
}

func okReadString(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if len(line) > 0 && line[0] == '#' {
		return "", nil
	}
	return line, err
}

func okReadDir(path string) (names []string, err error) {
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

func okParsed(s string) (int, error) {
	n, err := strconv.Atoi(s)
	n *= 2
	return n, err
}

func okPartial(path string) (string, error) {
	c, err := partial(path)
	return c.name, err
}

func okPartialOnFailure(path string) string {
	c, err := partial(path)
	if err != nil {
		return c.Name() + ": " + err.Error()
	}
	return c.name
}

// A nil slice has a length and can be ranged over.
func okLength(path string) (int, error) {
	list, err := chain(path)
	return len(list), err
}

func okRange(path string) (n int, err error) {
	list, err := chain(path)
	for range list {
		n++
	}
	return n, err
}

type table map[string]*conf

func (t table) Names() int { return len(t) }

func tables(path string) (table, error) {
	c, err := load(path)
	if err != nil {
		return nil, err
	}
	return table{path: c}, nil
}

// A nil map can be read, and has methods.
func okNilMap(path string) (int, error) {
	t, err := tables(path)
	return t.Names() + len(t[path].Name()), err
}

func okAssignedAnew(path string) string {
	c, err := load(path)
	if err != nil {
		c = &conf{"default"}
	}
	return c.name
}

func okFallback(path string) string {
	c, err := load(path)
	if err != nil {
		c, err = load("default")
		if err != nil {
			return err.Error()
		}
	}
	return c.name
}

// Another path has tested the error.
func okFlag(path string) string {
	c, err := load(path)
	ok := err == nil
	if ok {
		return c.name
	}
	return "none"
}

func okMust(path string) string {
	c, err := load(path)
	check(err)
	return c.name
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func okSwitch(path string) string {
	c, err := load(path)
	switch {
	case err == nil:
		return c.name
	case errors.Is(err, os.ErrNotExist):
		return "none"
	}
	return err.Error()
}

func okDeferredLiteral(path string) error {
	c, err := load(path)
	defer func() {
		if err == nil {
			c.Close()
		}
	}()
	if err != nil {
		return err
	}
	return nil
}

func okUnknownTested(g getter, url string) (string, error) {
	c, err := g.Get(url)
	if err != nil {
		return "", err
	}
	return c.Name(), nil
}

func okUnknownNilTested(g getter, url string) (string, error) {
	c, err := g.Get(url)
	if c == nil {
		return "", err
	}
	return c.Name(), err
}

// A number is no pointer, whoever gives it.
func okUnknownNumber(count func() (int, error)) (int, error) {
	n, err := count()
	return n + 1, err
}

func okAskedLength(path string) *conf {
	list, err := chain(path)
	if len(list) == 0 || list[0].name == "" {
		log.Print(err)
		return nil
	}
	return list[len(list)-1]
}

// The getters of protocol buffers are made for nil.

type reply struct{ name string }

func (r *reply) ProtoMessage() {}

func (r *reply) GetName() string {
	if r == nil {
		return ""
	}
	return r.name
}

func okGetter(ask func() (*reply, error)) (string, error) {
	r, err := ask()
	return r.GetName(), err
}

// A snapshot's methods are made for there being none.

type snapshot struct {
	file  *os.File
	index int
}

func takeSnapshot(name string) (*snapshot, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &snapshot{file: f}, nil
}

func (s *snapshot) Index() int {
	if s == nil {
		return 0
	}
	return s.index
}

func (s *snapshot) Close() error {
	if s == nil || s.file == nil {
		return nil
	}
	return s.file.Close()
}

func (s *snapshot) Sync() error { return s.file.Sync() }

func okTakesNil(name string) (int, error) {
	s, err := takeSnapshot(name)
	index := s.Index()
	if err != nil {
		return index, err
	}
	return index, s.Close()
}

func okTakesNilDeferred(name string) error {
	s, err := takeSnapshot(name)
	defer s.Close()
	if err != nil {
		return err
	}
	return s.Sync()
}

func okTakesNilOnFailure(name string) error {
	s, err := takeSnapshot(name)
	if err != nil {
		s.Close()
		return err
	}
	return s.Sync()
}

func okEmptyFile(name string) error {
	f, err := os.Create(name)
	if err == nil {
		defer f.Close()
	}
	return err
}

func okClosesNothing(name string) error {
	f, err := os.Create(name)
	if err != nil {
		f.Close()
	}
	return err
}

// gh
func badDeferredInFront(name string) error {
	f, err := os.Create(name)
	defer f.Close() // want `^f, which is nil if it failed, is used before the error of os.Create`
	return err
}

func badNeedsOne(name string) error {
	s, err := takeSnapshot(name)
	defer s.Sync() // want `^s, which is nil if it failed, is used before the error of takeSnapshot`
	if err != nil {
		return err
	}
	return nil
}

func badSnapshotField(name string) (int, error) {
	s, err := takeSnapshot(name)
	index := s.Index() + s.index // want `^s, which is nil if it failed, is used before the error of takeSnapshot`
	if err != nil {
		return 0, err
	}
	return index, nil
}

// A question for nil in the same expression is one, also where its answer is kept.

// tailscale
func okAskedInFlag(g getter, url string) (string, error) {
	c, err := g.Get(url)
	nameless := c != nil && c.Name() == ""
	if nameless {
		log.Print("no name")
	}
	if err != nil || nameless {
		c, err = g.Get("default")
		if err != nil {
			return "", err
		}
	}
	return c.Name(), nil
}

func okAskedInFlagTheOtherWay(ask func() (*reply, error)) (bool, error) {
	r, err := ask()
	named := !(r == nil || r.name == "")
	return named, err
}

func okErrorInFlag(ask func() (*reply, error)) (string, bool) {
	r, err := ask()
	ok := err == nil && r.name != ""
	if !ok {
		return "", false
	}
	return r.name, true
}

func badFlagWithout(ask func() (*reply, error), strict bool) (string, error) {
	r, err := ask()
	nameless := strict && r.name == "" // want `^r is used before the error of ask \(line \d+\) is looked at`
	if err != nil || nameless {
		return "", err
	}
	return r.name, nil
}

// tempo: a range over a nil list has no turn.
func okRangedOver(name string) ([]string, error) {
	entries, err := os.ReadDir(name)
	var names []string
	for i := range entries {
		names = append(names, entries[i].Name())
	}
	return names, err
}

// harbor: nor has a loop up to its length.
func okUpToLength(name string) ([]string, error) {
	entries, err := os.ReadDir(name)
	var names []string
	for i := 0; i < len(entries)-1; i += 2 {
		names = append(names, entries[i].Name(), entries[i+1].Name())
	}
	return names, err
}

func okUpToLengthOrName(path, last string) ([]string, error) {
	list, err := chain(path)
	var names []string
	for i := 0; len(list) > i && list[i].name != last; i++ {
		names = append(names, list[i].name)
	}
	return names, err
}

func badUpToAnother(path string, wanted []string) (n int, err error) {
	list, err := chain(path)
	for i := 0; i < len(wanted); i++ {
		if list[i].name == wanted[i] { // want `^list, which is nil if it failed, is used before the error of chain`
			n++
		}
	}
	return n, err
}

func okFirstIfThere(name string) (string, error) {
	entries, err := os.ReadDir(name)
	if len(entries) > 0 {
		return entries[0].Name(), err
	}
	return "", err
}

// A result that is nil on some failures only: where it is not, it says more about them.

type answer struct {
	code int
	note fmt.Stringer
}

func (a *answer) Code() int { return a.code }

func push(name string) (*answer, error) {
	if err := os.Remove(name); err != nil {
		return nil, err
	}
	return &answer{code: 200}, os.Remove(name + "~")
}

func pushAgain(name string) (*answer, error) { return push(name) }

func pushFull(name string) (*answer, error) {
	if err := os.Remove(name); err != nil {
		return &answer{code: 404}, err
	}
	return &answer{code: 200}, os.Remove(name + "~")
}

// cortex
func badSometimes(name string) (*answer, error) {
	a, err := push(name)
	a.code = 200 // want `^a, which may be nil if it failed, is used before the error of push \(line \d+\) is looked at`
	if err != nil {
		return nil, err
	}
	return a, nil
}

func badSometimesHandedOn(name string) (int, error) {
	a, err := pushAgain(name)
	return a.Code(), err // want `^a, which may be nil if it failed, is used before the error of pushAgain`
}

// syncthing: in the branch for a failure, too.
func badMayBeNilInBranch(addr string) (*answer, error) {
	a, err := push(addr)
	if err != nil {
		log.Print("push to ", addr, " failed, code ", a.code) // want `^push failed \(line \d+\), and a, which may be nil then, is used`
		return nil, err
	}
	return a, nil
}

func okMayBeNilAskedInBranch(addr string) (*answer, error) {
	a, err := push(addr)
	if err != nil {
		if a != nil {
			log.Print("push to ", addr, " failed, code ", a.code)
		}
		return nil, err
	}
	return a, nil
}

func okMayBeNilShown(addr string) (*answer, error) {
	a, err := push(addr)
	if err != nil {
		log.Printf("push to %s failed: %v, %v", addr, a, err)
	}
	return a, err
}

func badSometimesElsewhere(name string) (int, error) {
	r, err := store.Fetch(name)
	size := r.Size // want `^r, which may be nil if it failed, is used before the error of store.Fetch`
	if err != nil {
		return 0, err
	}
	return size, nil
}

// minikube: what ran comes beside the failure; nothing comes where it could not even begin.
func okBesideTheFailure(orders v1.Source, name string) error {
	o, err := orders.Next(name)
	if err != nil {
		return fmt.Errorf("%s after %s: %w", name, o.Name, err)
	}
	return nil
}

func badNothingBeside(orders v1.Source, name string) error {
	o, err := orders.Last(name)
	if err != nil {
		return fmt.Errorf("%s after %s: %w", name, o.Name, err) // want `^strict: orders.Last failed \(line \d+\), and o, which is nil or empty then, is used`
	}
	return nil
}

func okSometimesFull(name string) (int, error) {
	a, err := pushFull(name)
	return a.code, err
}

func okSometimesAsked(name string) (int, error) {
	a, err := push(name)
	if a != nil {
		return a.code, err
	}
	return 0, err
}

func okSometimesAfter(name string) (int, error) {
	a, err := push(name)
	if err != nil {
		return 0, err
	}
	return a.code, nil
}

// Whoever tells the failures apart knows which of them come with a result.
func okSometimesByKind(name string) int {
	a, err := push(name)
	if errors.Is(err, os.ErrNotExist) {
		return 0
	}
	return a.code
}

func okSometimesElsewhere(name string) (int, error) {
	r, err := store.Fetch(name)
	if err != nil {
		return 0, err
	}
	return r.Size, nil
}

func okSometimesElsewherePassed(name string, use func(*store.Record, error)) {
	r, err := store.Fetch(name)
	use(r, err)
}

type endingLog interface {
	WithError(err error) endingLog
	WithFatal() endingLog
	Error(msg string)
}

// argo: the record goes out, and the program goes on.
func badLoggedOnly(l endingLog, path string) string {
	c, err := load(path)
	if err != nil {
		c.name = path // want `^load failed \(line \d+\), and c, which is nil then, is used`
		l.WithError(err).Error("no configuration")
	}
	return path
}

func okEndedByChain(l endingLog, path string) string {
	c, err := load(path)
	if err != nil {
		l.WithFatal().WithError(err).Error("no configuration")
	}
	return c.name
}

func okEndedByChainInBranch(l endingLog, path string, more bool) string {
	c, err := load(path)
	if err != nil && more {
		l.WithError(err).WithFatal().Error("no configuration")
		c.name = path
	}
	return path
}
