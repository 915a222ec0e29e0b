// Package web answers the browsers.
//
// Success is told only of what succeeded. Users read what was made for them, the log has the rest, and panics end in
// boundary.HTTP, with their stack, in one place for all routes.
package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"

	"errvet.test/testdata/shop/repaired"
	"errvet.test/testdata/shop/repaired/payment"
	"errvet.test/testdata/shop/repaired/store"
	"github.com/errvet/errvet/fault"
	"github.com/errvet/errvet/fault/boundary"
	"github.com/errvet/errvet/fault/breaker"
	"github.com/errvet/errvet/fault/result"
)

// Server is the shop on the web.
type Server struct {
	Payments *payment.Service
	Store    *store.Store
	Log      *slog.Logger
}

// Handler returns all routes.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /pay", s.pay)
	mux.HandleFunc("POST /refund/{id}", s.refund)
	mux.HandleFunc("GET /receipts/{id}", s.receipt)
	return boundary.HTTP(mux, s.Log)
}

// errBadRequest is for what the client did wrong.
const errBadRequest fault.Code = "bad_request"

func (s *Server) pay(w http.ResponseWriter, r *http.Request) {
	var order struct {
		User   shop.User  `json:"user"`
		Card   string     `json:"card"`
		Amount shop.Cents `json:"amount"`
	}
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
		answer(s, w, r, shop.Receipt{}, fmt.Errorf("%w: order: %w", errBadRequest, err))
		return
	}
	receipt, err := s.Payments.Process(r.Context(), order.User, order.Card, order.Amount)
	answer(s, w, r, receipt, err)
}

func (s *Server) refund(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.FormValue("user"), 10, 64)
	if err != nil {
		err = fmt.Errorf("%w: user: %w", errBadRequest, err)
	} else {
		err = s.Payments.Refund(r.Context(), shop.User{ID: id, Email: r.FormValue("email")}, r.PathValue("id"))
	}
	answer(s, w, r, r.PathValue("id"), err)
}

func (s *Server) receipt(w http.ResponseWriter, r *http.Request) {
	receipt, err := s.Store.Receipt(r.PathValue("id"))
	answer(s, w, r, receipt, err)
}

// answer sends the value or the error, never something between.
func answer[T any](s *Server, w http.ResponseWriter, r *http.Request, value T, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		s.Log.InfoContext(r.Context(), "request refused", slog.String("route", r.Pattern), fault.Attr(err))
		w.WriteHeader(status(err))
	}
	if err := json.NewEncoder(w).Encode(result.From(value, err)); err != nil {
		// The client is gone, and there is nobody else to tell.
		s.Log.WarnContext(r.Context(), "answer not sent", slog.String("route", r.Pattern), fault.Attr(err))
	}
}

func status(err error) int {
	switch {
	case errors.Is(err, errBadRequest):
		return http.StatusBadRequest
	case errors.Is(err, shop.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, shop.ErrGatewayTimeout), errors.Is(err, breaker.ErrOpen):
		return http.StatusServiceUnavailable
	case errors.Is(err, shop.ErrPayment):
		return http.StatusPaymentRequired
	}
	return http.StatusInternalServerError
}
