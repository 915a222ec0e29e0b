package fault_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"time"

	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/boundary"
	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/oplog"
	"github.com/errvet/errvet/fault/result"
	"github.com/errvet/errvet/fault/retry"
)

// Layer 1: errors with a type. The dots make the hierarchy: each of the others is an ErrPayment.
const (
	ErrPayment           fault.Code = "payment"
	ErrInsufficientFunds fault.Code = "payment.insufficient_funds"
	ErrGatewayTimeout    fault.Code = "payment.gateway_timeout"
	ErrFraud             fault.Code = "payment.fraud"
)

// Cents is an amount of money. A float64 cannot hold $49.99.
type Cents int64

func (c Cents) String() string { return fmt.Sprintf("$%d.%02d", int64(c/100), int64(c%100)) }

// InsufficientFundsError carries what its handlers need. The others have nothing to carry, and stay codes.
type InsufficientFundsError struct {
	UserID          int64
	Amount, Balance Cents
}

func (e *InsufficientFundsError) Shortfall() Cents { return e.Amount - e.Balance }
func (e *InsufficientFundsError) Error() string {
	return fmt.Sprintf("user %d short by %v", e.UserID, e.Shortfall())
}
func (e *InsufficientFundsError) Public() string { return "Insufficient funds" }
func (e *InsufficientFundsError) Unwrap() error  { return ErrInsufficientFunds }

// Decide is what the code that calls the service does with each kind of failure.
func Decide(user int64, err error) string {
	if short, ok := errors.AsType[*InsufficientFundsError](err); ok {
		return fmt.Sprintf("notify user %d: your card was declined, shortfall %v", user, short.Shortfall())
	}
	switch {
	case err == nil:
		return fmt.Sprintf("thank user %d", user)
	case errors.Is(err, breaker.ErrOpen):
		wait, told := fault.RetryAfter(err) // what is left of the cooldown
		return fmt.Sprintf("queue payment of user %d for later, told when: %v", user, told && wait > 0)
	case errors.Is(err, ErrGatewayTimeout):
		return fmt.Sprintf("queue payment of user %d", user)
	case errors.Is(err, ErrFraud):
		return fmt.Sprintf("flag user %d for review, alert security", user)
	case errors.Is(err, ErrPayment): // the base of them all
		return fmt.Sprintf("show user %d that the payment failed", user)
	}
	return fmt.Sprintf("show user %d that something failed", user)
}

// Receipt is what a payment that succeeded leaves.
type Receipt struct {
	TransactionID string `json:"transaction_id"`
}

// Service processes payments.
type Service struct {
	Log     *slog.Logger
	Gateway *Gateway
}

// Layer 2: a record before, after and on failure. The Error record has what is needed to debug without reproducing.
func (s *Service) Process(ctx context.Context, user int64, amount Cents) (r Receipt, err error) {
	op := oplog.Start(ctx, s.Log, "payment",
		slog.Int64("user_id", user), slog.Any("amount", amount), slog.String("currency", "USD"))
	defer op.End(&err)

	if r, err = s.Gateway.Charge(op.Context(), user, amount); err != nil {
		return Receipt{}, fmt.Errorf("process payment: %w", err)
	}
	op.Add(slog.String("transaction_id", r.TransactionID))
	return r, nil
}

// Layer 3: a failure is told as one. Go's functions return (Receipt, error); only where one value has to hold
// both, in the JSON answer, is a Result of use. The text of an error stays inside, unless it was made for the public.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	paid := result.From(s.pay(r))
	w.Header().Set("Content-Type", "application/json")
	if _, err := paid.Get(); err != nil {
		w.WriteHeader(status(err))
	}
	if err := json.NewEncoder(w).Encode(paid); err != nil {
		s.Log.ErrorContext(r.Context(), "answer not sent", fault.Attr(err))
	}
}

func (s *Service) pay(r *http.Request) (Receipt, error) {
	user, err := strconv.ParseInt(r.FormValue("user"), 10, 64)
	if err != nil {
		// A programming error or bad input needs no type of its own: nobody decides on it.
		return Receipt{}, fault.WithPublic(fmt.Errorf("parse user: %w", err), "The user must be a number")
	}
	return s.Process(r.Context(), user, 4999)
}

func status(err error) int {
	switch {
	case errors.Is(err, strconv.ErrSyntax):
		return http.StatusBadRequest
	case errors.Is(err, ErrGatewayTimeout), errors.Is(err, breaker.ErrOpen):
		return http.StatusServiceUnavailable
	case errors.Is(err, ErrPayment):
		return http.StatusPaymentRequired
	}
	return http.StatusInternalServerError
}

// Gateway is the client of the payment gateway.
type Gateway struct {
	HTTP    *http.Client
	Breaker *breaker.Breaker
	Retry   retry.Policy
}

// Layer 4: transient failures are tried again, and a gateway that is down is left alone. The breaker is outside: a
// call that failed three times over is one failure to it.
func (g *Gateway) Charge(ctx context.Context, user int64, amount Cents) (Receipt, error) {
	key := rand.Text() // the same for all attempts, so that a charge whose answer got lost is not made twice
	return breaker.Do(ctx, g.Breaker, func(ctx context.Context) (Receipt, error) {
		return retry.Do(ctx, g.Retry, func(ctx context.Context) (Receipt, error) {
			return g.post(ctx, key, user, amount)
		})
	})
}

func (g *Gateway) post(ctx context.Context, key string, user int64, amount Cents) (r Receipt, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	body, err := json.Marshal(map[string]int64{"user": user, "amount": int64(amount)})
	if err != nil {
		return Receipt{}, fmt.Errorf("encode charge: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://gateway.test/charges", bytes.NewReader(body))
	if err != nil {
		return Receipt{}, fmt.Errorf("make request: %w", err)
	}
	request.Header.Set("Idempotency-Key", key)
	response, err := g.HTTP.Do(request)
	if err != nil {
		return Receipt{}, fmt.Errorf("%w: %w", ErrGatewayTimeout, err) // as transient as the network's error is
	}
	defer response.Body.Close()

	// A declined card is an answer of a gateway that works: not to be tried again, no failure to the breaker.
	switch response.StatusCode {
	case http.StatusOK:
		if err := json.NewDecoder(response.Body).Decode(&r); err != nil {
			return Receipt{}, fmt.Errorf("decode receipt: %w", err)
		}
		return r, nil
	case http.StatusPaymentRequired:
		short := &InsufficientFundsError{UserID: user, Amount: amount}
		if err := json.NewDecoder(response.Body).Decode(&short.Balance); err != nil {
			return Receipt{}, fmt.Errorf("decode balance: %w", err)
		}
		return Receipt{}, fault.Permanent(short)
	case http.StatusForbidden:
		return Receipt{}, fault.Permanent(ErrFraud)
	case http.StatusServiceUnavailable:
		return Receipt{}, fault.Transient(fmt.Errorf("%w: %s", ErrGatewayTimeout, response.Status))
	}
	return Receipt{}, fmt.Errorf("%w: gateway answered %s", ErrPayment, response.Status)
}

// bank stands for the gateway at the other end of the network.
type bank struct{ requests int }

func (b *bank) RoundTrip(r *http.Request) (*http.Response, error) {
	var charge struct{ User, Amount int64 }
	if err := json.NewDecoder(r.Body).Decode(&charge); err != nil {
		return nil, fmt.Errorf("bank: %w", err)
	}
	b.requests++
	answer := httptest.NewRecorder()
	switch charge.User {
	case 1:
		fmt.Fprint(answer, `{"transaction_id":"tx1"}`)
	case 2:
		answer.WriteHeader(http.StatusPaymentRequired)
		fmt.Fprint(answer, 1000)
	case 3:
		answer.WriteHeader(http.StatusForbidden)
	case 4:
		answer.WriteHeader(http.StatusTeapot)
	case 5:
		panic("bank: no such branch")
	default:
		answer.WriteHeader(http.StatusServiceUnavailable)
	}
	return answer.Result(), nil
}

// logTo leaves out what differs from run to run.
func logTo(w io.Writer, level slog.Leveler) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			switch a.Key {
			case slog.TimeKey, "latency_ms", "stack", "until":
				return slog.Attr{}
			}
			return a
		},
	}))
}

// The payment service with its four layers of defence: typed errors, a structured log, honest answers, and a
// circuit breaker with retry; and what belongs to them: panics end at a boundary, and of several failures all are kept.
func Example_payment() {
	level := new(slog.LevelVar)
	logger := logTo(os.Stdout, level)
	other := new(bank)
	service := &Service{Log: logger, Gateway: &Gateway{
		HTTP:    &http.Client{Transport: other},
		Breaker: breaker.New(breaker.Config{Name: "gateway", Failures: 3, Cooldown: 30 * time.Second, Logger: logTo(os.Stdout, slog.LevelWarn)}),
		Retry:   retry.Policy{Attempts: 3, Base: time.Millisecond}, // a real one would leave Base as it is
	}}
	ctx := context.Background()

	fmt.Println("== typed errors")
	level.Set(slog.LevelError + 1)
	for user := range int64(5) {
		_, err := service.Process(ctx, user, 4999)
		fmt.Println(Decide(user, err))
	}

	fmt.Println("== structured log")
	level.Set(slog.LevelInfo)
	for _, user := range []int64{1, 2} {
		if _, err := service.Process(ctx, user, 4999); err != nil {
			fmt.Println("returned:", err)
		}
	}

	fmt.Println("== honest answers, and a boundary on top")
	level.Set(slog.LevelError)
	handler := boundary.HTTP(service, logger)
	for _, user := range []string{"1", "2", "x", "5"} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/pay?user="+user, nil))
		fmt.Print(answer.Code, " ", answer.Body)
	}

	fmt.Println("== breaker and retry")
	level.Set(slog.LevelError + 1)
	service.Gateway.Breaker.Close() // forgets what it has counted so far
	other.requests = 0
	for range 4 {
		_, err := service.Process(ctx, 6, 4999)
		fmt.Printf("after %d requests: %s\n", other.requests, Decide(6, err))
	}
	service.Gateway.Breaker.Close()

	fmt.Println("== several at once")
	group := boundary.NewGroup(ctx)
	group.Limit(1)
	for user := range int64(4) {
		group.Go(func(ctx context.Context) error {
			// Payments do not depend on each other: the failure of one must not cancel the next.
			_, err := service.Process(context.WithoutCancel(ctx), user, 4999)
			return err
		})
	}
	err := group.Wait()
	short, _ := errors.AsType[*InsufficientFundsError](err)
	fmt.Println("short:", short.Shortfall(), "fraud:", errors.Is(err, ErrFraud), "timeout:", errors.Is(err, ErrGatewayTimeout))

	// Output:
	// == typed errors
	// queue payment of user 0
	// thank user 1
	// notify user 2: your card was declined, shortfall $39.99
	// flag user 3 for review, alert security
	// show user 4 that the payment failed
	// == structured log
	// level=INFO msg="payment started" user_id=1 amount=$49.99 currency=USD
	// level=INFO msg="payment succeeded" user_id=1 amount=$49.99 currency=USD transaction_id=tx1
	// level=INFO msg="payment started" user_id=2 amount=$49.99 currency=USD
	// level=ERROR msg="payment failed" user_id=2 amount=$49.99 currency=USD error.type=fault_test.InsufficientFundsError error.message="process payment: user 2 short by $39.99" error.code=payment.insufficient_funds error.details.user_id=2 error.details.amount=$49.99 error.details.balance=$10.00
	// returned: process payment: user 2 short by $39.99
	// == honest answers, and a boundary on top
	// 200 {"success":true,"value":{"transaction_id":"tx1"}}
	// level=ERROR msg="payment failed" user_id=2 amount=$49.99 currency=USD error.type=fault_test.InsufficientFundsError error.message="process payment: user 2 short by $39.99" error.code=payment.insufficient_funds error.details.user_id=2 error.details.amount=$49.99 error.details.balance=$10.00
	// 402 {"success":false,"error":"Insufficient funds","error_code":"payment.insufficient_funds"}
	// 400 {"success":false,"error":"The user must be a number"}
	// level=ERROR msg="payment panicked" user_id=5 amount=$49.99 currency=USD panic="bank: no such branch"
	// 500 Internal Server Error
	// == breaker and retry
	// after 3 requests: queue payment of user 6
	// after 6 requests: queue payment of user 6
	// level=WARN msg="circuit breaker open" breaker=gateway from=closed error.type=fault.Code error.message="gave up after 3 tries (no tries left): payment.gateway_timeout: 503 Service Unavailable" error.code=payment.gateway_timeout
	// after 9 requests: queue payment of user 6
	// after 9 requests: queue payment of user 6 for later, told when: true
	// == several at once
	// short: $39.99 fraud: true timeout: true
}
