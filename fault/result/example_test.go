package result_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/result"
)

// A fan-out in which no failure gets lost: each answer carries its own.
func ExampleFrom() {
	inputs := []string{"1", "two", "3"}
	answers := make([]result.Of[int], len(inputs))
	var wg sync.WaitGroup
	for i, s := range inputs {
		wg.Go(func() { answers[i] = result.From(strconv.Atoi(s)) })
	}
	wg.Wait()
	for _, a := range answers {
		fmt.Println(a.Get())
	}
	// Output:
	// 1 <nil>
	// 0 strconv.Atoi: parsing "two": invalid syntax
	// 3 <nil>
}

// A channel that was closed too early gives a failure, not a zero that looks like an answer.
func ExampleOf_Get() {
	answers := make(chan result.Of[int])
	close(answers)
	_, err := (<-answers).Get()
	fmt.Println(errors.Is(err, result.ErrEmpty))
	// Output: true
}

func ExampleOf_MarshalJSON() {
	show := func(r result.Of[string]) {
		data, err := json.Marshal(r)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(string(data))
	}
	show(result.From("tx1", nil))
	show(result.From("", fault.WithPublic(fmt.Errorf("user 7: %w", errFunds), "Insufficient funds")))
	show(result.From("", errors.New("dial tcp 10.0.0.7: refused")))
	// Output:
	// {"success":true,"value":"tx1"}
	// {"success":false,"error":"Insufficient funds","error_code":"payment.insufficient_funds"}
	// {"success":false,"error":"internal error"}
}

func ExampleOf_UnmarshalJSON() {
	var r result.Of[string]
	err := json.Unmarshal([]byte(`{"success":false,"error":"Insufficient funds","error_code":"payment.insufficient_funds"}`), &r)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = r.Get()
	fmt.Println(err, errors.Is(err, fault.Code("payment")))
	// Output: Insufficient funds (payment.insufficient_funds) true
}

func ExampleRemoteError() {
	remote := &result.RemoteError{Message: "Insufficient funds", Code: errFunds}
	fmt.Println(remote)
	fmt.Println(remote.Public())
	fmt.Println(remote.Unwrap())
	// Output:
	// Insufficient funds (payment.insufficient_funds)
	// Insufficient funds
	// payment.insufficient_funds
}
