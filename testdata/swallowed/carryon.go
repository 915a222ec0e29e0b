package swallowed

import (
	"errors"
	"io"
	"io/fs"
	"log"
	"os"

	v1 "errvet.test/testdata/listers/orders/v1"
)

// What failed is used behind a branch that only logs: where it is reached into, where it takes the place of a default,
// and where it joins a list whose elements are all called.

// A lister gives nothing with its error, and so does who hands on what it gives.

type watcher struct{ orders v1.OrderLister }

func (w *watcher) order(name string) (*v1.Order, error) { return w.orders.Get(name) }

func badLister(orders v1.OrderLister, name string) string {
	o, err := orders.Get(name)
	if err != nil { // want `^the failure of orders.Get \(line \d+\) is only logged, and o, which is nil then, is used on line \d+`
		log.Print(err)
	}
	return o.Name
}

// snapd: an order comes beside the error.
func badParsedInPart(text string) string {
	o, err := v1.Parse(text)
	if err != nil {
		log.Printf("not all of order %s: %v", text, err)
	}
	return o.Name // want `^strict: the failure of v1.Parse \(line \d+\) is only logged, and the work goes on as if nothing had happened`
}

func badParsedInPartAgain(text string) string {
	o, err := v1.ParseAgain(text)
	if err != nil {
		log.Printf("not all of order %s: %v", text, err)
	}
	return o.Name // want `^strict: the failure of v1.ParseAgain \(line \d+\) is only logged, and the work goes on as if nothing had happened`
}

func badFound(orders map[string]*v1.Order, name string) string {
	o, err := v1.Find(orders, name)
	if err != nil { // want `^the failure of v1.Find \(line \d+\) is only logged, and o, which is nil or empty then, is used on line \d+`
		log.Printf("no order: %v", err)
	}
	return o.Name
}

// ovn-kubernetes: both ways lead into what is nil.
func badListerBothWays(w *watcher, changed map[string]bool) {
	for name, gone := range changed {
		o, err := w.order(name)
		if err != nil { // want `^the failure of w.order \(line \d+\) is only logged, and o, which is nil then, is used on line \d+`
			log.Printf("order %s changed, but could not be looked up: %v", name, err)
		}
		if gone {
			log.Printf("order %s is gone", o.Name)
		} else {
			log.Printf("order %s is there again", o.Name)
		}
	}
}

func namesOf(dir string) ([]string, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, err
	}
	return []string{dir, dir + ".old"}, nil
}

// harbor: nil has no length to go up to.
func badStrictLoggedUpToLength(dir string, use func(name, old string)) {
	names, err := namesOf(dir)
	if err != nil { // want `^strict: the failure of namesOf \(line \d+\) is only logged, and the work goes on`
		log.Print(err)
	}
	for i := 0; i < len(names)-1; i += 2 {
		use(names[i], names[i+1])
	}
}

func badLoggedByIndex(dir string, use func(name string)) {
	names, err := namesOf(dir)
	if err != nil { // want `^the failure of namesOf \(line \d+\) is only logged, and names, which is nil then, is used on line \d+`
		log.Print(err)
	}
	for i := 0; i < 2; i++ {
		use(names[i])
	}
}

func badStrictLoggedEach(dir string, use func(name string)) {
	names, err := namesOf(dir)
	if err != nil { // want `^strict: the failure of namesOf \(line \d+\) is only logged, and the work goes on`
		log.Print(err)
	}
	for _, name := range names {
		use(name)
	}
}

func okNamesReturned(dir string) (old []string, err error) {
	names, err := namesOf(dir)
	if err != nil {
		return nil, err
	}
	for i := 1; i < len(names); i += 2 {
		old = append(old, names[i])
	}
	return old, nil
}

func okNamesOrNone(dir string) int {
	names, err := namesOf(dir)
	if err != nil {
		log.Print(err)
		return 0
	}
	return len(names)
}

func okListerSkipped(w *watcher, names []string) (n int) {
	for _, name := range names {
		o, err := w.order(name)
		if err != nil {
			// What is missing does no harm here.
			log.Print(err)
			continue // want `^silenced\(comment\)`
		}
		n += len(o.Name)
	}
	return n
}

func okListerHandedOn(w *watcher, name string, use func(*v1.Order)) {
	o, err := w.order(name)
	if err != nil { // want `^silenced\(comment\)`
		// What is missing does no harm here.
		log.Print(err)
	}
	use(o)
}

func okListerLeft(w *watcher, name string) string {
	o, err := w.order(name)
	if err != nil {
		log.Print(err)
		return ""
	}
	return o.Name
}

func okListerTold(w *watcher, name string) (string, error) {
	o, err := w.order(name)
	if err != nil {
		log.Print(err)
		return "", err
	}
	return o.Name, nil
}

// No lister: nothing is known of it.
func okCatalog(orders v1.Catalog, name string, use func(*v1.Order, error)) {
	o, err := orders.Get(name)
	if err != nil {
		log.Print(err)
	}
	use(o, err)
}

// A comment in the branch does not make the use behind it right.
func badSaid(path string) int {
	c, err := loadCatalog(path)
	if err != nil { // want `^the failure of loadCatalog \(line \d+\) is only logged, and c, which is nil then, is used on line \d+`
		// The first error is the one to be told.
		log.Print(err)
	}
	return len(c.Names)
}

func okSaidGuarded(path string) int {
	c, err := loadCatalog(path)
	if err != nil {
		// The first error is the one to be told.
		log.Print(err)
	}
	if c == nil {
		return 0 // want `^silenced\(comment\)`
	}
	return len(c.Names)
}

// What failed takes the place of a default.

type label interface{ String() string }

type plain string

func (p plain) String() string { return string(p) }

type noLabel struct{}

func (noLabel) String() string { return "none" }

func parseLabel(text string) (label, error) {
	if _, err := os.Stat(text); err != nil {
		return nil, err
	}
	return plain(text), nil
}

type parcel struct {
	label  label
	close  func() error
	orders []order
}

// cri-o
func badOverDefault(text string) *parcel {
	p := &parcel{
		label:  noLabel{},
		orders: nil,
	}
	if text != "" {
		l, err := parseLabel(text)
		if err != nil { // want `^the failure of parseLabel \(line \d+\) is only logged, and l, which is nil then, is used on line \d+`
			log.Printf("parsing %s: %v", text, err)
		}

		p.label = l
	}
	return p
}

func badOverAssigned(text string, p *parcel) {
	p.label = noLabel{}
	l, err := parseLabel(text)
	if err != nil { // want `^the failure of parseLabel \(line \d+\) is only logged, and l, which is nil then, is used on line \d+`
		log.Printf("parsing %s: %v", text, err)
	}
	p.label = l
}

// There was nothing before.
func okOverNothing(text string) *parcel {
	p := &parcel{close: func() error { return nil }}
	l, err := parseLabel(text)
	if err != nil { // want `^silenced\(comment\)`
		// What is missing does no harm here.
		log.Printf("parsing %s: %v", text, err)
	}
	p.label = l
	return p
}

func okOverNil(text string) *parcel {
	p := &parcel{label: nil}
	l, err := parseLabel(text)
	if err != nil { // want `^silenced\(comment\)`
		// What is missing does no harm here.
		log.Printf("parsing %s: %v", text, err)
	}
	p.label = l
	return p
}

// It may have been taken away for this one.
func okOverAnothers(text string, p *parcel) {
	p.label = noLabel{}
	p = &parcel{}
	l, err := parseLabel(text)
	if err != nil { // want `^silenced\(comment\)`
		// What is missing does no harm here.
		log.Printf("parsing %s: %v", text, err)
	}
	p.label = l
}

func okOverDefaultAsked(text string) *parcel {
	p := &parcel{label: noLabel{}}
	l, err := parseLabel(text)
	if err != nil { // want `^silenced\(comment\)`
		// What is missing does no harm here.
		log.Printf("parsing %s: %v", text, err)
	}
	p.label = l
	if p.label == nil {
		p.label = plain(text)
	}
	return p
}

func okOverDefaultSaid(text string) *parcel {
	p := &parcel{label: noLabel{}}
	l, err := parseLabel(text)
	if err != nil { // want `^silenced\(comment\)`
		// A parcel with a bad label has none at all.
		log.Printf("parsing %s: %v", text, err)
	}
	p.label = l
	return p
}

func okOverDefaultOnSuccess(text string) *parcel {
	p := &parcel{label: noLabel{}}
	l, err := parseLabel(text)
	if err != nil {
		// What is missing does no harm here.
		log.Printf("parsing %s: %v", text, err)
	} else {
		p.label = l
	}
	return p
}

func okOverDefaultTold(text string) (*parcel, error) {
	p := &parcel{label: noLabel{}}
	l, err := parseLabel(text)
	if err != nil {
		return nil, err
	}
	p.label = l
	return p, nil
}

// What failed joins a list whose elements are all called.

func acquire(name string) (func() error, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return f.Close, nil
}

func opener(name string) (io.Closer, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// buildkit
func badCalledLater(name string, err error) {
	var releases []func() error
	defer func() {
		for _, f := range releases {
			f()
		}
	}()
	if err != nil {
		release, err1 := acquire(name)
		if err1 != nil { // want `^the failure of acquire \(line \d+\) is only logged, and release, which is nil then, is used on line \d+`
			// The error of the build is the one to be told.
			log.Print(err1)
		}
		releases = append(releases, release)
	}
}

func badClosedLater(names []string) {
	var open []io.Closer
	for _, name := range names {
		c, err := opener(name)
		if err != nil { // want `^the failure of opener \(line \d+\) is only logged, and c, which is nil then, is used on line \d+`
			log.Print(err)
		}
		open = append(open, c)
	}
	for i := range open {
		open[i].Close()
	}
}

func okCalledLaterGuarded(names []string) {
	var releases []func() error
	for _, name := range names {
		release, err := acquire(name)
		if err != nil { // want `^silenced\(comment\)`
			// What is missing does no harm here.
			log.Print(err)
		}
		releases = append(releases, release)
	}
	for _, f := range releases {
		if f != nil {
			f()
		}
	}
}

func okClosedLaterGuarded(names []string) {
	var open []io.Closer
	for _, name := range names {
		c, err := opener(name)
		if err != nil { // want `^silenced\(comment\)`
			// What is missing does no harm here.
			log.Print(err)
		}
		open = append(open, c)
	}
	for i := range open {
		if open[i] == nil {
			continue
		}
		open[i].Close()
	}
}

// Called before it is there, and given to who may know.
func okCalledBefore(name string, releases []func() error) []func() error {
	for _, f := range releases {
		f()
	}
	release, err := acquire(name)
	if err != nil {
		// What is missing does no harm here.
		log.Print(err)
	}
	releases = append(releases, release)
	return releases // want `^silenced\(comment\)`
}

func okCalledNever(names []string) (n int) {
	var releases []func() error
	for _, name := range names {
		release, err := acquire(name)
		if err != nil { // want `^silenced\(comment\)`
			// What is missing does no harm here.
			log.Print(err)
		}
		releases = append(releases, release)
	}
	for range releases {
		n++
	}
	return n
}

func okCalledOnSuccess(names []string) error {
	var releases []func() error
	defer func() {
		for _, f := range releases {
			f()
		}
	}()
	for _, name := range names {
		release, err := acquire(name)
		if err != nil {
			return err
		}
		releases = append(releases, release)
	}
	return nil
}

func okJoinsOnSuccess(names []string) {
	var releases []func() error
	defer func() {
		for _, f := range releases {
			f()
		}
	}()
	for _, name := range names {
		release, err := acquire(name)
		if err != nil {
			// What is missing does no harm here.
			log.Print(err)
		} else {
			releases = append(releases, release)
		}
	}
}

// A function from a method of an interface counts like a pointer.

type locker interface {
	Lock(name string) (unlock func(), err error)
}

func badUnlocks(l locker, name string) {
	unlock, err := l.Lock(name)
	if err != nil { // want `^the failure of l.Lock \(line \d+\) is only logged, and unlock, which is nil then, is used on line \d+`
		log.Print(err)
	}
	defer unlock()
}

func okUnlocks(l locker, name string) error {
	unlock, err := l.Lock(name)
	if err != nil {
		log.Print(err)
		return err
	}
	defer unlock()
	return nil
}

func okUnlocksGuarded(l locker, name string) {
	unlock, err := l.Lock(name)
	if err != nil { // want `^silenced\(comment\)`
		// What is missing does no harm here.
		log.Print(err)
	}
	if unlock != nil {
		defer unlock()
	}
}

// What an error is handed to can fail by itself: it keeps a record of it, and does not hand it on.

type history struct{ dir string }

func (h *history) record(failure error) (*os.File, error) {
	f, err := os.Create(h.dir + "/failure")
	if err != nil {
		return nil, err
	}
	if _, err := f.WriteString(failure.Error()); err != nil {
		return nil, err
	}
	return f, nil
}

func (h *history) explain(failure error) (*os.File, error) {
	if os.IsNotExist(failure) {
		return os.Create(h.dir)
	}
	return nil, failure
}

func badRecorded(h *history, failure error) string {
	f, err := h.record(failure)
	if err != nil { // want `^the failure of h.record \(line \d+\) is only logged, and f, which is nil then, is used on line \d+`
		log.Print(err)
	}
	return f.Name()
}

func okRecorded(h *history, failure error) (string, error) {
	f, err := h.record(failure)
	if err != nil {
		return "", err
	}
	return f.Name(), nil
}

func okExplained(h *history, failure error) string {
	f, err := h.explain(failure)
	if err != nil {
		log.Print(err)
	}
	return f.Name()
}

// A result that is nil on some failures only is reached into all the same.

func fetch(path string) (*catalog, error) {
	c, err := loadCatalog(path)
	if err != nil {
		return nil, err
	}
	return c, os.Remove(path + "~")
}

func badSometimes(path string) int {
	c, err := fetch(path)
	if err != nil { // want `^the failure of fetch \(line \d+\) is only logged, and c, which may be nil then, is used on line \d+`
		log.Print(err)
	}
	return len(c.Names)
}

func okSometimes(path string) int {
	c, err := fetch(path)
	if err != nil {
		log.Print(err)
		return 0
	}
	return len(c.Names)
}

func okSometimesSaid(path string) int {
	c, err := fetch(path)
	if err != nil {
		// What could be read of it will do.
		log.Print(err)
	}
	if c == nil {
		return 0 // want `^silenced\(comment\)`
	}
	return len(c.Names)
}

// Half-checked, with the question whether there is a result in the same condition: that says no more than that the call
// has failed.

func badNoneOfOneKind(path string) (string, error) {
	c, err := loadCatalog(path)
	if c == nil && errors.Is(err, fs.ErrNotExist) { // want `^one kind of error of loadCatalog \(line \d+\) is handled; any other kind falls through and is lost`
		return "", errors.New("no catalog")
	}
	_, err = os.ReadFile(path + "~")
	if err != nil {
		return "", err
	}
	return c.Names[0], nil
}

func okNoneOfAnyKind(path string) (string, error) {
	c, err := loadCatalog(path)
	if c == nil && errors.Is(err, fs.ErrNotExist) {
		return "", errors.New("no catalog")
	}
	if err != nil {
		return "", err
	}
	return c.Names[0], nil
}

func okNoneFirst(path string) (string, error) {
	c, err := loadCatalog(path)
	if c == nil {
		return "", err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return c.Names[0], nil
}

// What is there is seen to, and what its error says is a question of its own.
func badThereAndKind(o func(string) (io.Closer, error), path string) bool {
	c, err := o(path)
	if c != nil {
		c.Close()
	}
	if errors.Is(err, fs.ErrNotExist) { // want `^strict: one kind of error of o \(line \d+\) is handled`
		return false
	}
	return true
}

func okNoneOtherwise(path string) (string, error) {
	c, err := loadCatalog(path)
	if c == nil && errors.Is(err, fs.ErrNotExist) {
		return "", errors.New("no catalog")
	} else if err != nil {
		return "", err
	}
	return c.Names[0], nil
}

// A logger that is told, in a chain of calls, to end the program behind the record: how it does so lies in its fields,
// behind an interface.

type endLogger interface {
	WithField(name string, value any) endLogger
	WithError(err error) endLogger
	WithFatal() endLogger
	WithPanic() endLogger
	Info(msg string)
	Error(msg string)
}

// argo: the logger goes on unless it is told otherwise.
func badOnlyFields(l endLogger, path string) string {
	c, err := loadCatalog(path)
	if err != nil { // want `^the failure of loadCatalog \(line \d+\) is only logged, and c, which is nil then, is used on line \d+`
		l.WithField("path", path).Error(err.Error())
	}
	return c.Names[0]
}

// What is made for another record ends nothing here.
func badMadeNotUsed(l endLogger, path string) string {
	c, err := loadCatalog(path)
	if err != nil { // want `^the failure of loadCatalog \(line \d+\) is only logged, and c, which is nil then, is used on line \d+`
		l.WithField("after", l.WithFatal()).Error(err.Error())
	}
	return c.Names[0]
}

func okWithFatal(l endLogger, path string) string {
	c, err := loadCatalog(path)
	if err != nil {
		l.WithFatal().Error(err.Error())
	}
	return c.Names[0]
}

func okWithFatalBetween(l endLogger, path string) string {
	c, err := loadCatalog(path)
	if err != nil {
		l.WithField("path", path).WithFatal().WithError(err).Error("no catalog")
	}
	return c.Names[0]
}

func okWithPanic(w struct{ log endLogger }, path string) string {
	c, err := loadCatalog(path)
	if err != nil {
		w.log.WithPanic().WithField("path", path).Info(err.Error())
	}
	return c.Names[0]
}

func mustLog(l endLogger, err error) {
	l.WithFatal().WithError(err).Error("it cannot go on")
}

func okWithFatalInside(l endLogger, path string) string {
	c, err := loadCatalog(path)
	if err != nil {
		mustLog(l, err)
	}
	return c.Names[0]
}
