package result_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/result"
)

const errFunds fault.Code = "payment.insufficient_funds"

type receipt struct {
	ID string `json:"transaction_id"`
}

func TestRoundTrip(t *testing.T) {
	if v, err := result.From(7, nil).Get(); v != 7 || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
	if v, err := result.From(7, io.EOF).Get(); v != 0 || err != io.EOF {
		t.Errorf("got %v, %v; a failure has no value", v, err)
	}
	if v, err := result.From((*receipt)(nil), nil).Get(); v != nil || err != nil {
		t.Errorf("got %v, %v; nil may be a value", v, err)
	}
	var zero result.Of[int]
	if _, err := zero.Get(); !errors.Is(err, result.ErrEmpty) {
		t.Errorf("the zero value is %v", err)
	}
	c := make(chan result.Of[int])
	close(c)
	if _, err := (<-c).Get(); err == nil {
		t.Error("a closed channel gives a success")
	}
}

func TestJSON(t *testing.T) {
	for name, c := range map[string]struct {
		in   any
		want string
	}{
		"success":      {result.From(receipt{"tx1"}, nil), `{"success":true,"value":{"transaction_id":"tx1"}}`},
		"zero success": {result.From(0, nil), `{"success":true,"value":0}`},
		"nil success":  {result.From([]int(nil), nil), `{"success":true,"value":null}`},
		"private":      {result.From(receipt{}, errors.New("user alice at 10.0.0.1")), `{"success":false,"error":"internal error"}`},
		"public": {result.From(receipt{}, fault.WithPublic(fmt.Errorf("user 7: %w", errFunds), "Insufficient funds")),
			`{"success":false,"error":"Insufficient funds","error_code":"payment.insufficient_funds"}`},
		"code only": {result.From(receipt{}, errFunds), `{"success":false,"error":"internal error","error_code":"payment.insufficient_funds"}`},
		"empty":     {result.Of[int]{}, `{"success":false,"error":"internal error","error_code":"result.empty"}`},
		"nested":    {map[string]any{"r": result.From(1, nil)}, `{"r":{"success":true,"value":1}}`},
	} {
		data, err := json.Marshal(c.in)
		if string(data) != c.want || err != nil {
			t.Errorf("%s: %s, %v\nwant %s", name, data, err, c.want)
		}
	}
	if data, err := json.Marshal(result.From(func() {}, nil)); err == nil {
		t.Errorf("a value that has no JSON gives %s", data)
	}
}

func TestJSONBack(t *testing.T) {
	back := func(r result.Of[receipt]) result.Of[receipt] {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var got result.Of[receipt]
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if v, err := back(result.From(receipt{"tx1"}, nil)).Get(); v.ID != "tx1" || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
	_, err := back(result.From(receipt{}, fault.WithPublic(errFunds, "Insufficient funds"))).Get()
	if text, _ := fault.PublicOf(err); text != "Insufficient funds" || !errors.Is(err, fault.Code("payment")) {
		t.Errorf("got %v", err)
	}
	if want := "Insufficient funds (payment.insufficient_funds)"; err.Error() != want {
		t.Errorf("text %q", err)
	}
	_, err = back(result.From(receipt{}, io.EOF)).Get()
	if err == nil || err.Error() != "internal error" || fault.CodeOf(err) != "" || errors.Unwrap(err) != nil {
		t.Errorf("got %v", err)
	}
	var failure result.Of[int]
	if err := json.Unmarshal([]byte(`{"success":false,"value":null,"error":null}`), &failure); err != nil {
		t.Errorf("a failure with nulls: %v", err)
	}
	var pointer result.Of[*int]
	if err := json.Unmarshal([]byte(`{"success":true,"value":null,"more":1}`), &pointer); err != nil {
		t.Errorf("null as a value: %v", err)
	}
}

func TestJSONThatIsNoResult(t *testing.T) {
	for _, text := range []string{
		`null`, `{}`, `[]`, `1`, `{"value":1}`, `{"error":"x"}`, `{"success":null}`,
		`{"success":true}`, `{"success":true,"value":1,"error":"x"}`, `{"success":true,"value":1,"error_code":"x"}`,
		`{"success":false,"value":1}`, `{"success":"yes","value":1}`, `{"success":true,"value":"one"}`,
	} {
		r := result.From(5, nil)
		if err := json.Unmarshal([]byte(text), &r); err == nil {
			v, err := r.Get()
			t.Errorf("%s is taken for %v, %v", text, v, err)
		}
		if v, err := r.Get(); v != 5 || err != nil {
			t.Errorf("%s changes the result it was read into: %v, %v", text, v, err)
		}
	}
}

func TestGetDoesNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		if v, err := result.From(7, nil).Get(); v != 7 || err != nil {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
