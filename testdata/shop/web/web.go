// Package web answers the browsers.
package web

import (
	"encoding/json"
	"log"
	"net/http"
	"strconv"

	"errvet.test/testdata/shop"
	"errvet.test/testdata/shop/payment"
	"errvet.test/testdata/shop/store"
)

// Server is the shop on the web.
type Server struct {
	Payments *payment.Service
	Store    *store.Store
}

// Handler returns all routes.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /pay", s.pay)
	mux.HandleFunc("POST /refund/{id}", s.refund)
	mux.HandleFunc("GET /receipts/{id}", s.receipt)
	return guard(mux)
}

func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if r := recover(); r != nil {
				log.Println("handler failed:", r)
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *Server) pay(w http.ResponseWriter, r *http.Request) {
	var order struct {
		User   shop.User  `json:"user"`
		Card   string     `json:"card"`
		Amount shop.Cents `json:"amount"`
	}
	err := json.NewDecoder(r.Body).Decode(&order)
	if err != nil {
		http.Error(w, "bad order", http.StatusBadRequest)
	}
	receipt := s.Payments.Process(order.User, order.Card, order.Amount)
	json.NewEncoder(w).Encode(map[string]any{"success": true, "receipt": receipt})
}

func (s *Server) refund(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.ParseInt(r.FormValue("user"), 10, 64)
	if err := s.Payments.Refund(shop.User{ID: id, Email: r.FormValue("email")}, r.PathValue("id")); err != nil {
		log.Println("refund failed")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) receipt(w http.ResponseWriter, r *http.Request) {
	receipt, err := s.Store.Receipt(r.PathValue("id"))
	if err == store.ErrNotFound {
		http.NotFound(w, r)
		return
	}
	json.NewEncoder(w).Encode(receipt)
}
