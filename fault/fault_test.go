package fault_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/errvet/errvet/fault"
)

const (
	errPayment fault.Code = "payment"
	errFraud   fault.Code = "payment.fraud"
)

func TestCodeHierarchy(t *testing.T) {
	for _, c := range []struct {
		err    error
		target error
		want   bool
	}{
		{errFraud, errFraud, true},
		{errFraud, errPayment, true},
		{errPayment, errFraud, false},
		{fault.Code("payment.fraud.velocity"), errFraud, true},
		{fault.Code("payments"), errPayment, false},
		{fault.Code("payment."), errPayment, true},
		{errPayment, fault.Code(""), false},
		{fault.Code(""), fault.Code(""), true},
		{fault.Code(".x"), fault.Code(""), false},
		{fmt.Errorf("charge: %w", errFraud), errPayment, true},
		{errors.Join(io.EOF, errFraud), errPayment, true},
		{errFraud, io.EOF, false},
	} {
		if got := errors.Is(c.err, c.target); got != c.want {
			t.Errorf("errors.Is(%q, %q) = %v, want %v", c.err, c.target, got, c.want)
		}
	}
	if fault.Code("").Error() == "" {
		t.Error("the empty code has no text")
	}
}

func TestCodeOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want fault.Code
	}{
		{nil, ""},
		{io.EOF, ""},
		{errFraud, errFraud},
		{fmt.Errorf("%w: %w", errPayment, errFraud), errPayment},
		{errors.Join(io.EOF, fault.Transient(errFraud)), errFraud},
	} {
		if got := fault.CodeOf(c.err); got != c.want {
			t.Errorf("CodeOf(%v) = %q, want %q", c.err, got, c.want)
		}
	}
}

type declaring bool

func (declaring) Error() string     { return "declaring" }
func (d declaring) Transient() bool { return bool(d) }

func TestIsTransient(t *testing.T) {
	plain := errors.New("plain")
	timeout := &url.Error{Op: "Get", URL: "http://x", Err: context.DeadlineExceeded}
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"nil":                       {nil, false},
		"unknown":                   {plain, false},
		"marked":                    {fault.Transient(plain), true},
		"marked, wrapped":           {fmt.Errorf("x: %w", fault.Transient(plain)), true},
		"after":                     {fault.After(plain, time.Second), true},
		"permanent over transient":  {fault.Permanent(fault.Transient(plain)), false},
		"transient over permanent":  {fault.Transient(fmt.Errorf("x: %w", fault.Permanent(plain))), true},
		"method":                    {declaring(true), true},
		"method false":              {fmt.Errorf("%w", declaring(false)), false},
		"mark inside *url.Error":    {&url.Error{Op: "Get", Err: fault.Permanent(context.DeadlineExceeded)}, false},
		"timeout":                   {timeout, true},
		"permanent timeout":         {fault.Permanent(timeout), false},
		"deadline":                  {context.DeadlineExceeded, true},
		"os deadline":               {fmt.Errorf("read: %w", os.ErrDeadlineExceeded), true},
		"canceled":                  {context.Canceled, false},
		"canceled in *url.Error":    {&url.Error{Op: "Get", Err: context.Canceled}, false},
		"canceled beside a timeout": {errors.Join(context.DeadlineExceeded, context.Canceled), false},
		"no such file":              {&fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}, false},
		"dns, temporary":            {&net.DNSError{IsTemporary: true}, true},
		"dns, not found":            {&net.DNSError{IsNotFound: true}, false},
		"cut off":                   {fmt.Errorf("body: %w", io.ErrUnexpectedEOF), true},
		"EOF":                       {io.EOF, false},
		"joined with unknown":       {errors.Join(plain, fault.Transient(plain)), true},
		"joined with permanent":     {errors.Join(fault.Transient(plain), fault.Permanent(plain)), false},
		"code and cause":            {fmt.Errorf("%w: %w", errPayment, timeout), true},
	} {
		if got := fault.IsTransient(c.err); got != c.want {
			t.Errorf("%s: IsTransient(%v) = %v, want %v", name, c.err, got, c.want)
		}
	}
}

func TestMarksKeepIdentityTextAndNil(t *testing.T) {
	path := &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	for name, mark := range map[string]func(error) error{
		"Transient":  fault.Transient,
		"Permanent":  fault.Permanent,
		"After":      func(err error) error { return fault.After(err, time.Second) },
		"WithPublic": func(err error) error { return fault.WithPublic(err, "sorry") },
	} {
		if err := mark(nil); err != nil {
			t.Errorf("%s(nil) = %v", name, err)
		}
		err := mark(path)
		if got, ok := errors.AsType[*fs.PathError](err); !ok || got != path || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s hides the error it marks", name)
		}
		if err.Error() != path.Error() {
			t.Errorf("%s changes the text to %q", name, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	plain := errors.New("plain")
	for name, c := range map[string]struct {
		err  error
		want time.Duration
		ok   bool
	}{
		"nil":         {nil, 0, false},
		"unknown":     {fault.Transient(plain), 0, false},
		"told":        {fmt.Errorf("x: %w", fault.After(plain, time.Minute)), time.Minute, true},
		"outer wins":  {fault.After(fault.After(plain, time.Minute), time.Second), time.Second, true},
		"negative":    {fault.After(plain, -time.Second), 0, true},
		"joined":      {errors.Join(fault.After(plain, 1), fault.After(plain, 3), fault.After(plain, 2)), 3, true},
		"joined none": {errors.Join(plain, plain), 0, false},
		"permanent":   {fault.Permanent(fault.After(plain, 5)), 5, true},
	} {
		if d, ok := fault.RetryAfter(c.err); d != c.want || ok != c.ok {
			t.Errorf("%s: RetryAfter = %v, %v; want %v, %v", name, d, ok, c.want, c.ok)
		}
	}
}

type outspoken string

func (outspoken) Error() string    { return "secret" }
func (o outspoken) Public() string { return string(o) }

func TestPublicOf(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
		ok   bool
	}{
		"nil":         {nil, "", false},
		"unknown":     {errors.New("user=alice"), "", false},
		"given":       {fmt.Errorf("x: %w", fault.WithPublic(io.EOF, "no answer")), "no answer", true},
		"outer wins":  {fault.WithPublic(fault.WithPublic(io.EOF, "in"), "out"), "out", true},
		"method":      {errors.Join(io.EOF, outspoken("hello")), "hello", true},
		"empty skips": {fault.WithPublic(outspoken("in"), ""), "in", true},
	} {
		if text, ok := fault.PublicOf(c.err); text != c.want || ok != c.ok {
			t.Errorf("%s: PublicOf = %q, %v; want %q, %v", name, text, ok, c.want, c.ok)
		}
	}
}

func TestAsksDoNotAllocate(t *testing.T) {
	err := fmt.Errorf("a: %w", fmt.Errorf("b: %w", fault.After(errFraud, time.Second)))
	if n := testing.AllocsPerRun(100, func() {
		if !fault.IsTransient(err) || fault.CodeOf(err) != errFraud || !errors.Is(err, errPayment) {
			t.Fail()
		}
		if _, ok := fault.RetryAfter(err); !ok {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// logged returns err's attribute as a JSON handler writes it.
func logged(t *testing.T, err error) map[string]any {
	t.Helper()
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Info("m", fault.Attr(err))
	var record map[string]any
	if err := json.Unmarshal(b.Bytes(), &record); err != nil {
		t.Fatalf("no JSON: %v\n%s", err, b.Bytes())
	}
	group, _ := record["error"].(map[string]any)
	return group
}
