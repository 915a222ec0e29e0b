package swallowed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"errvet.test/testdata/ownlog"
)

// Branches without code.

func badEmpty(l ledger, o order) {
	if err := l.Charge(o); err != nil { // want `^the branch for a failure of l.Charge \(line \d+\) is empty: the error is lost`
	}
}

func badEmptyTodo(l ledger, o order) {
	if err := l.Charge(o); err != nil { // want `^the branch for a failure of l.Charge \(line \d+\) is empty`
		// TODO: handle error
	}
}

func badEmptyTwoWords(l ledger, o order) {
	if err := l.Charge(o); err != nil { // want `^the branch for a failure of l.Charge \(line \d+\) is empty`
		// ignore
	}
}

func badEmptyCase(l ledger, o order) {
	switch err := l.Charge(o); {
	case err != nil: // want `^the branch for a failure of l.Charge \(line \d+\) is empty`
	default:
		log.Print("charged")
	}
}

func badEmptyElse(l ledger, o order) {
	if err := l.Charge(o); err == nil {
		log.Print("charged")
	} else { // want `^the branch for a failure of l.Charge \(line \d+\) is empty`
	}
}

func badEmptyInGoroutine(l ledger, o order) {
	go func() {
		if err := l.Charge(o); err != nil { // want `^the branch for a failure of l.Charge \(line \d+\) is empty`
		}
	}()
}

func badEmptyProbe(path string) {
	if _, err := os.Stat(path); err != nil { // want `^strict: the branch for a failure of os.Stat \(line \d+\) is empty`
	}
}

func okEmptyWithReason(l ledger, o order) {
	if err := l.Charge(o); err != nil { // want `^silenced\(comment\)`
		// The nightly run charges it again.
	}
}

func okEmptySuccess(l ledger, o order) {
	if err := l.Charge(o); err == nil {
	} else {
		log.Fatal(err)
	}
}

// Half-checked: one kind is handled, the others fall through.

type syntaxError struct{ Offset int64 }

func (e *syntaxError) Error() string { return fmt.Sprint("syntax error at offset ", e.Offset) }

func badTypeSwitch(data []byte) (cfg struct{ MaxSize int }, err error) {
	if jsonErr := json.Unmarshal(data, &cfg); jsonErr != nil {
		switch e := jsonErr.(type) { // want `^one kind of error of json.Unmarshal \(line \d+\) is handled; any other kind falls through and is lost`
		case *json.SyntaxError:
			return cfg, fmt.Errorf("improperly formatted: %w", e)
		case *json.UnmarshalTypeError:
			return cfg, fmt.Errorf("invalid values: %w", e)
		}
	}
	cfg.MaxSize <<= 20
	return cfg, nil
}

var errSkip = errors.New("skip this node")

func badSkipNode(visit func(string) error, walk func(string) error, name string) error {
	err := visit(name)
	if err != nil {
		if err == errSkip { // want `^one kind of error of visit \(line \d+\) is handled`
			return nil
		}
	}
	err = walk(name)
	return err
}

// net: a probe looks for one answer, and takes every other for no.
func badProbeMissing(path string) (*order, error) {
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) { // want `^strict: one kind of error of os.ReadFile \(line \d+\) is handled`
		return nil, nil
	}
	o := new(order)
	err = json.Unmarshal(data, o)
	return o, err
}

func okProbeMissing(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func okProbeMissingAll(path string) (bool, error) {
	_, err := os.Stat(path)
	if os.IsNotExist(err) {
		return false, nil
	}
	return err == nil, err
}

// cmd/go: the type of what is called says so.

// An allowedFunc says whether an order may be sent. Errors other than errRefused may be ignored.
type allowedFunc func(o *order) error

type sender struct {
	allowed allowedFunc
	checked func(o *order) error
}

func (s *sender) badAllowed(o *order) bool {
	if err := s.allowed(o); errors.Is(err, errRefused) { // want `^strict: one kind of error of s.allowed \(line \d+\) is handled`
		return false
	}
	return true
}

// Nothing is said of what the others mean.
func (s *sender) badChecked(o *order) bool {
	if err := s.checked(o); errors.Is(err, errRefused) { // want `^one kind of error of s.checked \(line \d+\) is handled`
		return false
	}
	return true
}

func (s *sender) okAllowed(o *order) bool { return s.allowed(o) == nil }

func (s *sender) okAllowedAll(o *order) error {
	if err := s.allowed(o); err != nil && !errors.Is(err, errRefused) {
		return err
	}
	return nil
}

func (s *sender) okChecked(o *order) error {
	err := s.checked(o)
	if errors.Is(err, errRefused) {
		return nil
	}
	return err
}

func (s *sender) okCheckedLater(o *order) error { return s.checked(o) }

func badNotExistOnly(path string) (*order, error) {
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) { // want `^one kind of error of os.ReadFile \(line \d+\) is handled`
		return nil, nil
	}
	o := new(order)
	err = json.Unmarshal(data, o)
	return o, err
}

func badHalfSwitch(l ledger, o order) error {
	switch err := l.Charge(o); err { // want `^one kind of error of l.Charge \(line \d+\) is handled`
	case errRefused:
		return errors.New("order refused")
	case context.Canceled:
		return nil
	}
	return nil
}

// The kind asked for is the one that is passed on: perhaps the others are no
// matter.
func badSortedOut(l ledger, o order) error {
	if err := l.Charge(o); errors.Is(err, errRefused) { // want `^strict: one kind of error of l.Charge \(line \d+\) is handled`
		return err
	}
	return nil
}

// Made to see how it goes: the kind asked for is the whole question.
func badListed(dir string) bool {
	if _, err := os.ReadDir(dir); errors.Is(err, fs.ErrNotExist) { // want `^strict: one kind of error of os.ReadDir \(line \d+\) is handled`
		return true
	}
	return false
}

func eventually(what func() bool, attempts int) {
	for range attempts {
		if what() {
			return
		}
	}
}

// temporal: whatever else failed gives false, and it is asked again.
func badAskedUntilTrue(l ledger, o order) {
	eventually(func() bool {
		err := l.Charge(o)
		if errors.Is(err, errRefused) { // want `^strict: one kind of error of l.Charge \(line \d+\) is handled`
			o.ID = "refused"
			return true
		}
		return false
	}, 3)
}

// One that is asked once for each.
func badAskedOnce(l ledger, orders []order, each func(func(order) bool)) {
	each(func(o order) bool {
		err := l.Charge(o)
		if errors.Is(err, errRefused) { // want `^one kind of error of l.Charge \(line \d+\) is handled`
			o.ID = "refused"
			return true
		}
		return false
	})
}

func okAskedUntilTrue(l ledger, o order) (last error) {
	eventually(func() bool {
		last = l.Charge(o)
		return errors.Is(last, errRefused)
	}, 3)
	return last
}

func okAskedUntilSuccess(l ledger, o order) {
	eventually(func() bool {
		err := l.Charge(o)
		if err != nil {
			log.Print(err)
			return false
		}
		return true
	}, 3)
}

func okAskedOnce(l ledger, each func(func(order) error)) {
	each(func(o order) error {
		err := l.Charge(o)
		if errors.Is(err, errRefused) {
			o.ID = "refused"
			return nil
		}
		return err
	})
}

func okAskedOnceLogged(l ledger, each func(func(order) bool)) {
	each(func(o order) bool {
		err := l.Charge(o)
		if err != nil && !errors.Is(err, errRefused) {
			log.Print(err)
		}
		return errors.Is(err, errRefused)
	})
}

// All other kinds, and none, have a branch of their own.
func badOthersAside(l ledger, o order) {
	err := l.Charge(o)
	if !errors.Is(err, errRefused) { // want `^strict: one kind of error of l.Charge \(line \d+\) is handled`
		o.ID = "charged"
	}
	save(o)
}

// The others are told.
func okOthersAside(l ledger, o order) error {
	err := l.Charge(o)
	if !errors.Is(err, errRefused) {
		return err
	}
	save(o)
	return nil
}

func okOthersWrapped(l ledger, o order) error {
	err := l.Charge(o)
	if err != nil && !errors.Is(err, errRefused) {
		return fmt.Errorf("charging: %w", err)
	}
	save(o)
	return nil
}

func okListed(dir string) (bool, error) {
	if _, err := os.ReadDir(dir); errors.Is(err, fs.ErrNotExist) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	return false, nil
}

func okOnlyKindTold(list []string) (string, error) {
	s, err := first(list)
	if errors.Is(err, errEmpty) {
		return "none", nil
	}
	return s, err
}

func okAllListed(dir string) error {
	_, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.Mkdir(dir, 0o777)
	}
	return err
}

func okOnlyKindSwitch(list []string) (string, error) {
	switch s, err := first(list); err {
	case errEmpty:
		return "none", nil
	default:
		return s, err
	}
}

func okOthersFirst(l ledger, o order) error {
	if err := l.Charge(o); err != nil && !errors.Is(err, errRefused) {
		return err
	}
	return nil
}

func save(o order) { slog.Info("saved", "id", o.ID) }

var errEmpty = errors.New("empty")

// first fails by nothing that happens outside.
func first(list []string) (string, error) {
	if len(list) == 0 {
		return "", errEmpty
	}
	if list[0] == "" {
		return "", errors.New("the first has no name")
	}
	return list[0], nil
}

func badOnlyKind(list []string) string {
	s, err := first(list)
	if errors.Is(err, errEmpty) { // want `^strict: one kind of error of first \(line \d+\) is handled`
		return "none"
	}
	return s
}

// Any error but the end of the file makes it loop for ever.
func badHalfLoop(r io.Reader) (n int64, err error) {
	buf := make([]byte, 512)
	for {
		k, err := r.Read(buf)
		n += int64(k)
		if err == io.EOF { // want `^one kind of error of r.Read \(line \d+\) is handled`
			return n, nil
		}
	}
}

func okAllKinds(data []byte) (cfg struct{ MaxSize int }, err error) {
	if err := json.Unmarshal(data, &cfg); err != nil {
		switch e := err.(type) {
		case *json.SyntaxError:
			return cfg, fmt.Errorf("improperly formatted: %w", e)
		default:
			return cfg, err
		}
	}
	return cfg, nil
}

func okKindThenAny(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return []byte("{}"), nil
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

func okKindElse(path string) error {
	if err := os.Mkdir(path, 0o700); errors.Is(err, fs.ErrExist) {
		log.Print(path, " exists")
	} else if err != nil {
		return err
	}
	return nil
}

func okExcludedKind(path string) error {
	err := os.Mkdir(path, 0o700)
	if err != nil && !os.IsExist(err) {
		return fmt.Errorf("data directory: %w", err)
	}
	return nil
}

func okTwoExcludedKinds(conn net.Conn, serve func(net.Conn) error) error {
	err := serve(conn)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

func okKindsSwitch(l ledger, o order) error {
	switch err := l.Charge(o); {
	case err == nil:
	case errors.Is(err, errRefused), errors.Is(err, context.Canceled):
		return nil
	default:
		return err
	}
	return nil
}

func okTextTold(l ledger, o order) error {
	err := l.Charge(o)
	if err != nil && strings.Contains(err.Error(), "already charged") {
		return nil
	}
	return err
}

// Logged, and then what failed is used.

func badCarryOn(url string) string {
	resp, err := http.Get(url)
	if err != nil { // want `^the failure of http.Get \(line \d+\) is only logged, and resp, which is nil then, is used on line \d+`
		log.Println("fetching:", err)
	}
	return resp.Status
}

// The text of what is nil is empty.
func badCarryOnText() []string {
	var notes []string
	data, err := os.ReadFile("note")
	if err != nil {
		log.Println("reading:", err)
	}
	notes = append(notes, string(data))
	return notes // want `^strict: the failure of os.ReadFile \(line \d+\) is only logged, and the work goes on`
}

func badCarryOnList(list func() (*catalog, error)) (n int) {
	c, err := loadCatalog("clusters.json")
	if err != nil { // want `^the failure of loadCatalog \(line \d+\) is only logged, and c, which is nil then, is used on line \d+`
		log.Printf("failed to load clusters: %v", err)
	}
	for range c.Names {
		n++
	}
	return n
}

type catalog struct{ Names []string }

func loadCatalog(path string) (*catalog, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := new(catalog)
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("catalog %s: %w", path, err)
	}
	return c, nil
}

func badCarryOnFile(path string) {
	f, err := os.Open(path)
	if err != nil { // want `^the failure of os.Open \(line \d+\) is only logged, and f`
		fmt.Fprintln(os.Stderr, err)
	}
	fmt.Println(f.Name())
}

func badLoggedGuarded(path string) (names []string) {
	c, err := loadCatalog(path)
	if err != nil {
		log.Println("no catalog:", err)
	}
	if c != nil {
		names = c.Names
	}
	return names // want `^strict: the failure of .* is only logged`
}

func badLoggedReplaced(path string) []string {
	c, err := loadCatalog(path)
	if err != nil {
		log.Println("no catalog:", err)
		c = new(catalog)
	}
	return c.Names // want `^strict: the failure of .* is only logged`
}

func badLoggedOther(l ledger, o order) int {
	if err := l.Charge(o); err != nil { // want `^strict: the failure of .* is only logged`
		log.Println("charging:", err)
	}
	return len(o.ID)
}

// Loops that go on.

func badContinue(l ledger, orders []order) error {
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			continue // want `^strict: the failure of l.Refund \(line \d+\) is skipped without a trace`
		}
		if err := l.Charge(o); err != nil {
			return err
		}
	}
	return nil
}

// What is skipped is the empty one, by the only error there is.
func badSkipsInside(l ledger, lists [][]string) error {
	for _, list := range lists {
		s, err := first(list)
		if err != nil {
			continue // want `^strict: the failure of first \(line \d+\) is skipped without a trace`
		}
		if err := l.Charge(order{ID: s}); err != nil {
			return err
		}
	}
	return nil
}

func okSkipsTold(l ledger, lists [][]string) (errs error) {
	for _, list := range lists {
		s, err := first(list)
		if err != nil {
			errs = errors.Join(errs, err)
			continue
		}
		errs = errors.Join(errs, l.Charge(order{ID: s}))
	}
	return errs
}

func okSkipsSaid(l ledger, lists [][]string) error {
	for _, list := range lists {
		s, err := first(list)
		if err != nil {
			continue // an empty list has nothing to charge // want `^silenced\(comment\)`
		}
		if err := l.Charge(order{ID: s}); err != nil {
			return err
		}
	}
	return nil
}

// okSkipsDocumented charges all; errors of single orders end it.
func okSkipsDocumented(l ledger, orders []order) error {
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			return fmt.Errorf("refunding %s: %w", o.ID, err)
		}
		if err := l.Charge(o); err != nil {
			return err
		}
	}
	return nil
}

// badSkipsDocumented charges what can be charged; errors of single orders are ignored.
func badSkipsDocumented(l ledger, orders []order) error {
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			continue // want `^strict: the failure of l.Refund \(line \d+\) is skipped without a trace`
		}
		if err := l.Charge(o); err != nil {
			return err
		}
	}
	return nil
}

func badBreak(l ledger, orders []order) error {
	for _, o := range orders {
		err := l.Charge(o)
		if err != nil {
			break // want `^strict: the failure of l.Charge \(line \d+\) is skipped without a trace`
		}
	}
	return nil
}

func badContinueLabel(l ledger, orders [][]order) error {
batches:
	for _, batch := range orders {
		for _, o := range batch {
			if err := l.Charge(o); err != nil {
				continue batches // want `^strict: the failure of l.Charge \(line \d+\) is skipped without a trace`
			}
		}
	}
	return nil
}

func badContinueCounted(l ledger, orders []order) (failed int, err error) {
	for _, o := range orders {
		if err := l.Charge(o); err != nil {
			failed++
			continue // want `^strict: the failure of l.Charge \(line \d+\) is skipped without a trace`
		}
	}
	return failed, nil
}

func badContinueNoError(l ledger, orders []order) {
	for _, o := range orders {
		if err := l.Charge(o); err != nil {
			continue // want `^strict: the failure of l.Charge \(line \d+\) is skipped without a trace`
		}
		log.Print("charged")
	}
}

func badContinueWarning(attributes []string, get func(string) (string, error)) (map[string]string, error) {
	values := make(map[string]string)
	for _, name := range attributes {
		v, err := get(name)
		if err != nil {
			fmt.Fprintf(os.Stderr, "can not obtain extended attribute %v\n", name)
			continue // want `^strict: the failure of get \(line \d+\) is skipped without a trace`
		}
		values[name] = v
	}
	return values, nil
}

func badContinueProbe(fields []string) (sum int, err error) {
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil {
			continue // want `^strict: the failure of strconv.Atoi \(line \d+\) is skipped without a trace`
		}
		sum += n
	}
	return sum, nil
}

func badGotoNext(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		goto end // want `^strict: the failure of l.Charge \(line \d+\) is skipped without a trace`
	}
	log.Print("charged")
end:
	return nil
}

// The first success behind the jump ends the search: that strict wants it told is enough.
func badSearch(urls []string, get func(string) (string, error)) (string, error) {
	for _, u := range urls {
		body, err := get(u)
		if err != nil {
			continue // want `^strict: the failure of get \(line \d+\) is skipped without a trace`
		}
		return body, nil
	}
	return "", errors.New("no mirror answers")
}

func okContinueCollected(l ledger, orders []order) error {
	var errs []error
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			errs = append(errs, err)
			continue
		}
	}
	return errors.Join(errs...)
}

func okContinueReason(l ledger, orders []order) error {
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			continue // the next run takes it up again // want `^silenced\(comment\)`
		}
	}
	return nil
}

func okContinueMatched(l ledger, orders []order) error {
	for _, o := range orders {
		err := l.Refund(o)
		if errors.Is(err, errRefused) {
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func okContinueLast(l ledger, orders []order) error {
	var last error
	for _, o := range orders {
		if last = l.Refund(o); last != nil {
			continue
		}
		break
	}
	return last
}

func okBreakReturned(l ledger, orders []order) (err error) {
	for _, o := range orders {
		if err = l.Charge(o); err != nil {
			break
		}
	}
	return err
}

func okBreakEOF(dec *json.Decoder) (orders []order, err error) {
	for {
		var o order
		if err := dec.Decode(&o); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		orders = append(orders, o)
	}
	return orders, nil
}

// Only the success has code, or the failure has it under a further condition.

func badSuccessOnly(path string, parse func([]byte) error) error {
	if data, err := os.ReadFile(path); err == nil { // want `^strict: only the success of os.ReadFile \(line \d+\) is dealt with: its failure leaves no trace`
		return parse(data)
	}
	return nil
}

func badReplaced(l ledger, o order) (charged bool, note string) {
	charged = true
	if err := l.Charge(o); err != nil { // want `^strict: the failure of l.Charge \(line \d+\) is replaced by other work and leaves no trace`
		charged, note = false, "try later"
	}
	return charged, note
}

func badDefaultValue(raw string, parse func(string) (time.Duration, error)) time.Duration {
	d, err := parse(raw)
	if err != nil { // want `^strict: the failure of parse \(line \d+\) is replaced by other work`
		d = time.Minute
	}
	return d
}

func okDefaultReason(raw string, parse func(string) (time.Duration, error)) time.Duration {
	d, err := parse(raw)
	if err != nil { // want `^silenced\(comment\)`
		// An operator who mistypes it gets the documented default.
		d = time.Minute
	}
	return d
}

func okReplacedByCall(primary, replica func() (string, error)) (string, error) {
	s, err := primary()
	if err != nil {
		s, err = replica()
	}
	return s, err
}

func okSuccessFirst(l ledger, o order) error {
	err := l.Charge(o)
	if err == nil {
		return nil
	}
	return fmt.Errorf("charging: %w", err)
}

func okConditionalElse(l ledger, o order, verbose bool) error {
	err := l.Charge(o)
	if err != nil && verbose {
		log.Print(err)
	}
	return err
}

func okBoolResult(l ledger, o order) bool {
	err := l.Charge(o)
	return err == nil
}

func okClosureCaptures(l ledger, o order, once *sync.Once) error {
	var err error
	once.Do(func() {
		err = l.Charge(o)
	})
	if err != nil {
		return err
	}
	return nil
}

func okLocalHelper(l ledger, o order) error {
	fail := func(err error) error { return fmt.Errorf("order %s: %w", o.ID, err) }
	if err := l.Charge(o); err != nil {
		return fail(err)
	}
	return nil
}

func okHelperAnswers(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		answer(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func answer(w http.ResponseWriter, err error) {
	http.Error(w, err.Error(), http.StatusInternalServerError)
}

func okURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("endpoint: %w", err)
	}
	return u, nil
}

// Logged or printed, and nobody else is told.

func badPrinted(clear func() error) error {
	if err := clear(); err != nil { // want `^the failure of clear \(line \d+\) is only printed`
		fmt.Fprintln(os.Stderr, "clearing the cache:", err)
	}
	return nil
}

func badLoggedInLoop(l ledger, orders []order) error {
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			log.Printf("refunding %s: %v", o.ID, err)
			continue // want `^strict: the failure of l.Refund \(line \d+\) is only logged`
		}
	}
	return nil
}

func badSuccessOnlyCallee(l ledger, o order) {
	if err := l.Charge(o); err == nil { // want `^strict: only the success of l.Charge \(line \d+\) is dealt with`
		log.Print("charged ", o.ID)
	}
}

func badConditional(l ledger, o order, verbose bool) {
	err := l.Charge(o)
	if err != nil && verbose { // want `^strict: the failure of l.Charge \(line \d+\) is dealt with under a further condition only`
		log.Print(err)
	}
}

func badFlag(l ledger, o order) error {
	err := l.Charge(o)
	failed := err != nil
	if failed {
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	}
	return nil
}

func badHalfAs(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		var r *refusal
		if errors.As(err, &r) { // want `^one kind of error of l.Charge \(line \d+\) is handled`
			return nil
		}
	}
	return l.Refund(o)
}

// Nothing goes on behind the answer.
func okAnsweredThenLeft(w http.ResponseWriter, l ledger, o order) {
	if o.ID != "" {
		if err := l.Charge(o); err != nil {
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// The client is answered twice.

func badAnswered(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil { // want `^the request is answered with the failure of l.Charge \(line \d+\), and goes on behind this branch`
		http.Error(w, err.Error(), http.StatusPaymentRequired)
	}
	w.WriteHeader(http.StatusNoContent)
}

func okAnsweredAndLeft(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		http.Error(w, err.Error(), http.StatusPaymentRequired)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func okAnsweredLast(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		http.Error(w, err.Error(), http.StatusPaymentRequired)
	}
}

func okAnsweredElse(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		http.Error(w, err.Error(), http.StatusPaymentRequired)
	} else {
		w.WriteHeader(http.StatusNoContent)
	}
}

func okAnsweredInClause(w http.ResponseWriter, r *http.Request, l ledger, o order) {
	switch r.Method {
	case http.MethodPut:
		err := l.Charge(o)
		switch {
		case err == nil:
			w.WriteHeader(http.StatusNoContent)
		case errors.Is(err, io.EOF):
			http.Error(w, err.Error(), http.StatusBadRequest)
		default:
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
	default:
		http.Error(w, "PUT only", http.StatusMethodNotAllowed)
	}
}

// tailscale
func okAnsweredByValue(w http.ResponseWriter, r *http.Request, l ledger, o order) {
	switch r.Method {
	case http.MethodPut:
		err := l.Charge(o)
		switch err {
		case nil:
			w.WriteHeader(http.StatusNoContent)
		case io.EOF:
			http.Error(w, err.Error(), http.StatusBadRequest)
		default:
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
	default:
		http.Error(w, "PUT only", http.StatusMethodNotAllowed)
	}
}

func okAnsweredInBranch(w http.ResponseWriter, l ledger, o order) {
	if o.ID == "" {
		w.WriteHeader(http.StatusNotFound)
	} else {
		if err := l.Charge(o); err != nil {
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
	}
}

func okAnsweredThenReturn(w http.ResponseWriter, r *http.Request, l ledger, o order) {
	switch r.Method {
	case http.MethodPut:
		switch err := l.Charge(o); err {
		case nil:
		default:
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
		return
	}
	w.WriteHeader(http.StatusMethodNotAllowed)
}

func badAnsweredBeforeMore(w http.ResponseWriter, r *http.Request, l ledger, o order) {
	switch r.Method {
	case http.MethodPut:
		if err := l.Charge(o); err != nil { // want `^the request is answered with the failure of l.Charge \(line \d+\), and goes on behind this branch`
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
	}
	w.WriteHeader(http.StatusNoContent)
}

func badAnsweredEachTurn(w http.ResponseWriter, l ledger, orders []order) {
	for _, o := range orders {
		if err := l.Charge(o); err != nil { // want `^the request is answered with the failure of l.Charge \(line \d+\), and goes on behind this branch`
			http.Error(w, err.Error(), http.StatusPaymentRequired)
		}
	}
}

// The first of several is kept, or the same is tried again.

func okContinueFirst(l ledger, orders []order) (first error) {
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			if first == nil {
				first = err
			}
			continue
		}
	}
	return first
}

func okDeferredClosure(l ledger, o order) (err error) {
	defer func() {
		if refundErr := l.Refund(o); refundErr != nil && err == nil {
			err = refundErr
		}
	}()
	return l.Charge(o)
}

func okRetryLoop(ctx context.Context, l ledger, o order) error {
	for {
		err := l.Charge(o)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(time.Second):
		}
	}
}

func okAcceptLoop(l net.Listener, handle func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			log.Println("accept:", err)
			time.Sleep(time.Second)
			continue
		}
		go handle(conn)
	}
}

func okBackground(ctx context.Context, l ledger) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if _, err := l.Orders(); err != nil {
				slog.Warn("no orders", "err", err)
			}
		}
	}
}

// Logged where that is all there is to do.

func okBoolLogged(l ledger, o order) bool {
	if err := l.Charge(o); err != nil {
		log.Print(err)
		return false
	}
	return true
}

func okHandlerLast(l ledger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		orders, err := l.Orders()
		if err != nil {
			http.Error(w, "no orders", http.StatusBadGateway)
			return
		}
		if err := json.NewEncoder(w).Encode(orders); err != nil {
			slog.WarnContext(r.Context(), "answering", "err", err)
		}
	}
}

func okLoggedLast(stop func(context.Context) error) {
	if err := stop(context.Background()); err != nil {
		log.Println("stopping:", err)
	}
}

func okBuilder(l ledger, orders []order) error {
	var b strings.Builder
	for _, o := range orders {
		if err := l.Refund(o); err != nil {
			fmt.Fprintf(&b, "order %s: %v\n", o.ID, err)
		}
	}
	if b.Len() > 0 {
		return errors.New(b.String())
	}
	return nil
}

func okLoggedAndLeft(path string) []string {
	c, err := loadCatalog(path)
	if err != nil {
		log.Println("no catalog:", err)
		return nil
	}
	return c.Names
}

func okLoggedElse(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		log.Println("fetching:", err)
	} else {
		return resp.Status
	}
	return "down"
}

// What was there is replaced by nil.

type table struct{ current *catalog }

func (t *table) badReplaced(path string) {
	c, err := loadCatalog(path)
	if err != nil { // want `^strict: the failure of loadCatalog \(line \d+\) is only logged, and the work goes on as if nothing had happened`
		log.Printf("reloading: %v", err)
	}
	t.current = c
}

func (t *table) okReplaced(path string) {
	c, err := loadCatalog(path)
	if err != nil {
		log.Printf("reloading: %v", err)
		return
	}
	t.current = c
}

func (t *table) badKept(path string) {
	c, err := loadCatalog(path)
	if err != nil { // want `^strict: the failure of loadCatalog`
		log.Printf("reloading: %v", err)
		c = t.current
	}
	t.current = c
}

// A nil list or map is an empty one.

func okEmptyList(list func(string) ([]order, error)) (total int) {
	orders, err := list("open")
	if err != nil {
		log.Printf("listing: %v", err)
		orders = nil
		return 0
	}
	for i := range orders {
		total += len(orders[i].ID)
	}
	return total
}

func okCleared(t *table, path string) {
	if _, err := loadCatalog(path); err != nil {
		log.Printf("checking: %v", err)
		return
	}
	t.current = nil
}

// restic: a callback is told of an error and gives its own.
func badCallbackTold(load func(string) (order, error), visit func(string, error) error, walk func(order) error, name string) error {
	o, err := load(name)
	err = visit(name, err)
	if err != nil {
		if err == errSkip { // want `^one kind of error of visit \(line \d+\) is handled`
			return nil
		}
	}
	err = walk(o)
	return err
}

func okCallbackTold(load func(string) (order, error), visit func(string, error) error, walk func(order) error, name string) error {
	o, err := load(name)
	err = visit(name, err)
	if err != nil {
		if err == errSkip {
			return nil
		}
		return err
	}
	return walk(o)
}

func okTranslated(load func(string) error, translate func(error) error) error {
	err := load("a")
	err = translate(err)
	return err
}

// etcd: each case says it in other words; whatever is neither carries on.
func badNoDefault(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		var r *refusal
		switch { // want `^one kind of error of l.Charge \(line \d+\) is handled`
		case errors.Is(err, context.Canceled):
			return fmt.Errorf("given up: %w", err)
		case errors.As(err, &r):
			return fmt.Errorf("refused: %w", err)
		}
	}
	return l.Refund(order{})
}

func okDefault(l ledger, o order) error {
	if err := l.Charge(o); err != nil {
		var r *refusal
		switch {
		case errors.Is(err, context.Canceled):
			return fmt.Errorf("given up: %w", err)
		case errors.As(err, &r):
			return fmt.Errorf("refused: %w", err)
		default:
			return err
		}
	}
	return l.Refund(order{})
}

// restic: the function promises an error and never gives one.
func badPrintsOnly(l ledger, o order) error {
	if o.ID == "" {
		return nil
	}
	err := l.Charge(o)
	if err != nil { // want `^the failure of l.Charge \(line \d+\) is only printed`
		fmt.Fprintf(os.Stderr, "charging: %v\n", err)
	}
	return nil
}

func okPrintsAndGives(l ledger, o order) error {
	err := l.Charge(o)
	if err != nil {
		fmt.Fprintf(os.Stderr, "charging: %v\n", err)
	}
	return err
}

// The function gives other errors.
func okPrintsOneOfTwo(l ledger, o order) error {
	if o.ID == "" {
		return errSkip
	}
	if err := l.Charge(o); err != nil {
		fmt.Fprintf(os.Stderr, "charging: %v\n", err)
		return err
	}
	return nil
}

// A command prints to its user.
func okReturnsBoth(l ledger, o order) (err error) {
	defer func() { err = errors.Join(err, l.Refund(o)) }()
	return l.Charge(o)
}

// Where all that a call can give has been asked for, nothing else can fall through.

var errFull = errors.New("full")

type depot struct{ byName map[string]order }

func (d *depot) get(name string) (order, error) {
	o, ok := d.byName[name]
	if !ok {
		return order{}, errEmpty
	}
	return o, nil
}

func (d *depot) put(o order) error {
	if len(d.byName) > 9 {
		return errFull
	}
	if o.ID == "" {
		return errEmpty
	}
	d.byName[o.ID] = o
	return nil
}

func okOnlyKind(d *depot, name string) string {
	o, err := d.get(name)
	if err == errEmpty {
		return "none"
	}
	return o.ID
}

func okOnlyKindInLine(d *depot, full func()) {
	if _, err := d.get("a"); errors.Is(err, errEmpty) {
		full()
	}
}

func okBothKinds(d *depot, o order) string {
	err := d.put(o)
	switch {
	case errors.Is(err, errFull):
		return "full"
	case errors.Is(err, errEmpty):
		return "empty"
	}
	return o.ID
}

func okBothKindsByTag(d *depot, o order) string {
	err := d.put(o)
	switch err {
	case errFull, errEmpty:
		return "no"
	}
	return o.ID
}

func eachOf(d *depot, names []string, do func(order) error) error {
	for _, name := range names {
		if err := do(d.byName[name]); err != nil {
			return err
		}
	}
	return nil
}

// The error is that of the function handed in, which gives one kind only.
func okOnlyKindByClosure(d *depot, names []string) string {
	err := eachOf(d, names, func(o order) error {
		if o.ID == "" {
			return errEmpty
		}
		_, err := d.get(o.ID)
		return err
	})
	if err != nil {
		if errors.Is(err, errEmpty) {
			return "none"
		}
	}
	return "all"
}

func badOneOfTwoKinds(d *depot, o order) string {
	err := d.put(o)
	if errors.Is(err, errFull) { // want `^strict: one kind of error of d.put \(line \d+\) is handled`
		return "full"
	}
	return o.ID
}

// Reading can fail in other ways.
func badOnlyKindOfOwn(d *depot, name string) string {
	o, err := d.load(name)
	if errors.Is(err, errEmpty) { // want `^one kind of error of d.load \(line \d+\) is handled`
		return "none"
	}
	return o.ID
}

func (d *depot) load(name string) (order, error) {
	if o, err := d.get(name); err != nil {
		return o, err
	}
	_, err := os.ReadFile(name)
	return order{}, err
}

// A log's Fatal ends the program, though nobody sees how.
func okFatalOfACopy(path string) string {
	c, err := loadCatalog(path)
	if err != nil {
		ownlog.Fatalf("loading: %v", err)
	}
	return fmt.Sprint(*c)
}

// Of what an interface's method gives beside an error nothing is known but what everybody takes for granted.

type directory interface {
	Clusters(ctx context.Context) (*clusters, error)
}

type clusters struct{ names []string }

func badCarriesOn(ctx context.Context, d directory) []string {
	list, err := d.Clusters(ctx)
	if err != nil { // want `^the failure of d.Clusters \(line \d+\) is only logged, and list, which is nil or empty then, is used on line \d+`
		log.Printf("listing: %v", err)
	}
	return list.names
}

func okCarriesOnReturning(ctx context.Context, d directory) ([]string, error) {
	list, err := d.Clusters(ctx)
	if err != nil {
		log.Printf("listing: %v", err)
		return nil, err
	}
	return list.names, nil
}

func okLeaves(ctx context.Context, d directory) (names []string) {
	list, err := d.Clusters(ctx)
	if err != nil {
		log.Printf("listing: %v", err)
		return
	}
	return list.names
}

// A request that is refused, and served all the same.

func badRefused(w http.ResponseWriter, r *http.Request, ready bool) {
	if !ready { // want `^the request is refused here, and goes on behind this branch`
		http.Error(w, "not ready", http.StatusServiceUnavailable)
	}
	fmt.Fprintln(w, r.URL)
}

func okRefused(w http.ResponseWriter, r *http.Request, ready bool) {
	if !ready {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, r.URL)
}

func okRefusedOrServed(w http.ResponseWriter, r *http.Request, ready bool) {
	if !ready {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
	} else {
		fmt.Fprintln(w, r.URL)
	}
	log.Print(r.URL)
}

func okRefusedByKind(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		fmt.Fprintln(w, r.URL)
	default:
		http.Error(w, "no such method", http.StatusMethodNotAllowed)
	}
}

// The others do not even ask: what is asked here is more than they do.

type auditor struct{ dir string }

func (a *auditor) check() error {
	if _, err := os.ReadDir(a.dir); err != nil {
		return err
	}
	return errRefused
}

func badAsksMore(a *auditor) {
	if err := a.check(); err == errRefused { // want `^strict: one kind of error of a.check \(line \d+\) is handled`
		save(order{ID: a.dir})
	}
}

func okAsksNothing(a *auditor) { a.check() }

func okAsksNothingEither(a *auditor) { a.check() }

func okAsksNothingAgain(a *auditor) { a.check() }
