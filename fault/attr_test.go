package fault_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/errvet/errvet/fault"
)

type card struct {
	Number string `log:"-"`
	Last4  string
}

type inner struct{ Zone string }

type node struct {
	Depth int
	Next  *node
}

type shown struct {
	inner
	UserID   int64
	HTTPCode int    `log:"status"`
	Password string `log:"-"`
	Card     card
	Cards    []card
	ByName   map[string]card
	Wait     time.Duration
	Addr     netip.Addr
	Body     []byte
	Token    secret
	Next     *node
	hidden   int
	Err      error
}

func (e *shown) Error() string { return "shown" }
func (e *shown) Unwrap() error { return e.Err }

type secret string

func (secret) LogValue() slog.Value { return slog.StringValue("REDACTED") }

func TestAttrDetails(t *testing.T) {
	e := &shown{
		inner: inner{"eu"}, UserID: 7, HTTPCode: 503, Password: "p4ss", hidden: 1, Err: errFraud,
		Card: card{"4111", "1111"}, Cards: []card{{"4222", "2222"}}, ByName: map[string]card{"x": {"4333", "3333"}},
		Wait: time.Second, Addr: netip.MustParseAddr("10.0.0.1"), Body: []byte("4444"), Token: "t0ken",
	}
	e.Next = &node{Depth: 1}
	e.Next.Next = e.Next // a cycle must end
	got := logged(t, fmt.Errorf("charge: %w", fault.Transient(e)))
	if got["type"] != "fault_test.shown" || got["message"] != "charge: shown" || got["code"] != "payment.fraud" {
		t.Errorf("got %v", got)
	}
	details := got["details"].(map[string]any)
	next := details["next"].(map[string]any)
	if next["depth"] != 1.0 {
		t.Errorf("next = %v", next)
	}
	delete(details, "next")
	want := map[string]any{
		"zone": "eu", "user_id": 7.0, "status": 503.0,
		"card":    map[string]any{"last4": "1111"},
		"cards":   []any{map[string]any{"last4": "2222"}},
		"by_name": map[string]any{"x": map[string]any{"last4": "3333"}},
		"wait":    1e9, "addr": "10.0.0.1", "body": "4 bytes", "token": "REDACTED",
	}
	if !reflect.DeepEqual(details, want) {
		t.Errorf("details\n got %v\nwant %v", details, want)
	}
}

func TestAttrHidesAtAnyDepth(t *testing.T) {
	type deep struct {
		Any     any
		Pointer *card
		Arrays  [2]map[string]*card
		Lists   [][]card
	}
	c := card{"4111111111111111", "1111"}
	e := &holder[deep]{Value: deep{c, &c, [2]map[string]*card{{"a": &c}}, [][]card{{c}}}}
	for _, text := range rendered(fault.Attr(e)) {
		if strings.Contains(text, c.Number) {
			t.Errorf("the number leaks: %s", text)
		}
		if !strings.Contains(text, c.Last4) {
			t.Errorf("nothing is shown: %s", text)
		}
	}
}

type holder[T any] struct{ Value T }

func (*holder[T]) Error() string { return "held" }

// rendered returns the attribute as both handlers of package slog write it.
func rendered(a slog.Attr) []string {
	var j, s bytes.Buffer
	slog.New(slog.NewJSONHandler(&j, nil)).Info("m", a)
	slog.New(slog.NewTextHandler(&s, nil)).Info("m", a)
	return []string{j.String(), s.String()}
}

type carrier struct {
	_        struct{} `log:"-"`
	Attempts int
	error
}

func (c carrier) Unwrap() error { return c.error }

type named struct{ Err error }

func (n named) Error() string { return "named" }
func (n named) Unwrap() error { return n.Err }

type selfLogged struct{ a, b int }

func (selfLogged) Error() string { return "self" }
func (s selfLogged) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("sum", s.a+s.b))
}

func TestAttrNamesTheTellingType(t *testing.T) {
	path := &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"bare code":             {errFraud, "fault.Code"},
		"wrapped code":          {fmt.Errorf("x: %w", errFraud), "fault.Code"},
		"marked code":           {fault.Transient(fault.WithPublic(errFraud, "no")), "fault.Code"},
		"code and cause":        {fmt.Errorf("%w: %w", errFraud, path), "fs.PathError"},
		"joined":                {errors.Join(errFraud, path), "fs.PathError"},
		"plain":                 {errors.New("x"), "errors.errorString"},
		"plain, wrapped":        {fmt.Errorf("y: %w", errors.New("x")), "errors.errorString"},
		"says it is a wrapper":  {carrier{Attempts: 3, error: path}, "fs.PathError"},
		"has something to show": {named{path}, "fault_test.named"},
		"logs itself":           {fmt.Errorf("x: %w", selfLogged{1, 2}), "fault_test.selfLogged"},
	} {
		if got := logged(t, c.err)["type"]; got != c.want {
			t.Errorf("%s: type %q, want %q", name, got, c.want)
		}
	}
	if got := logged(t, selfLogged{1, 2})["details"]; !reflect.DeepEqual(got, map[string]any{"sum": 3.0}) {
		t.Errorf("details of a LogValuer: %v", got)
	}
	if got := logged(t, path)["details"]; !reflect.DeepEqual(got, map[string]any{"op": "open", "path": "x"}) {
		t.Errorf("details of a *PathError: %v", got)
	}
}

type oddities struct {
	UserIDs        []int
	URL            string
	X509           bool
	ID             *int
	Rate           float64
	Many           []int
	F              func()
	C              chan int
	AlreadySnake_A int
	Map            map[[1]int]any
}

func (oddities) Error() string { return "odd" }

func TestAttrOfOddValues(t *testing.T) {
	many := make([]int, 100)
	wide := map[[1]int]any{}
	for i := range 50 {
		wide[[1]int{i}] = i
	}
	e := oddities{UserIDs: []int{1}, Rate: math.NaN(), Many: many, F: func() {}, C: make(chan int), Map: wide}
	for _, text := range rendered(fault.Attr(e)) {
		for _, want := range []string{"user_ids", "url", "x509", "already_snake_a", "NaN", "68 more"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %s in %s", want, text)
			}
		}
	}
}

type rude struct{ p *int }

func (r rude) Error() string { return fmt.Sprint(*r.p) }

func TestAttrSurvivesNilAndPanic(t *testing.T) {
	if a := fault.Attr(nil); !a.Equal(slog.Attr{}) {
		t.Errorf("Attr(nil) = %v", a)
	}
	for _, text := range rendered(fault.Attr(rude{})) {
		if !strings.Contains(text, "panic") {
			t.Errorf("no word of the panic: %s", text)
		}
	}
	var typedNil *shown
	for _, text := range rendered(fault.Attr(fault.Transient(typedNil))) {
		if text == "" {
			t.Error("nothing logged")
		}
	}
}

func TestAttrCostsNothingWhereTheLevelIsOff(t *testing.T) {
	log := slog.New(slog.NewTextHandler(new(bytes.Buffer), &slog.HandlerOptions{Level: slog.LevelError}))
	err := &shown{Err: errFraud}
	if n := testing.AllocsPerRun(100, func() { log.LogAttrs(t.Context(), slog.LevelInfo, "m", fault.Attr(err)) }); n > 1 {
		t.Errorf("%v allocations for a record that is not written", n)
	}
}
