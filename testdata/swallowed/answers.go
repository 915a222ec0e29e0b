package swallowed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Failures that are answered by functions made for that.

type problem struct {
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

func (p *problem) Error() string { return p.Detail }

func notFound(detail string) *problem { return &problem{http.StatusNotFound, detail} }

// writeAs answers whatever it is given, with the status that it is given.
func writeAs(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		log.Printf("answering: %v", err)
	}
}

// failWith answers an error (podman).
func failWith(w http.ResponseWriter, code int, err error) {
	log.Printf("request failed (%s): %v", http.StatusText(code), err)
	writeAs(w, code, problem{code, err.Error()})
}

func failInside(w http.ResponseWriter, err error) { failWith(w, http.StatusInternalServerError, err) }

// refuseMissing answers with the status that fits (podman).
func refuseMissing(w http.ResponseWriter, err error) {
	if errors.Is(err, errRefused) {
		failWith(w, http.StatusNotFound, err)
		return
	}
	failInside(w, err)
}

type front struct {
	ledger ledger
	orders []order
}

// sendProblem answers a problem, with what is behind it for the log (boulder).
func (f *front) sendProblem(w http.ResponseWriter, p *problem, behind error) {
	if behind != nil {
		log.Print(behind)
	}
	code := p.Status
	if code == 0 {
		code = http.StatusInternalServerError
	}
	doc, err := json.Marshal(p)
	if err != nil {
		doc = []byte("{}")
	}
	w.WriteHeader(code)
	if _, err := w.Write(doc); err != nil {
		log.Print(err)
	}
}

// podman: what could not be read is used all the same.
func badAnsweredByOwn(w http.ResponseWriter, r *http.Request, l ledger) {
	var age *time.Duration
	if s := r.FormValue("age"); s != "" {
		d, err := time.ParseDuration(s)
		if err != nil { // want `^the request is refused here, and goes on behind this branch`
			failWith(w, http.StatusBadRequest, fmt.Errorf("age %q: %w", s, err))
		}
		age = &d
	}
	orders, err := l.Orders()
	if err != nil {
		failInside(w, err)
		return
	}
	writeAs(w, http.StatusOK, append(orders, order{ID: fmt.Sprint(age)}))
}

// boulder: the second answer is for the same error.
func (f *front) badAnsweredAgain(w http.ResponseWriter, o order) {
	if err := f.ledger.Charge(o); err != nil {
		if errors.Is(err, errRefused) { // want `^the request is refused here, and goes on behind this branch`
			f.sendProblem(w, notFound("no such order"), err)
		}
		f.sendProblem(w, &problem{Detail: "failed"}, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Whatever comes of it, there is another answer behind.
func (f *front) badAnsweredOnEachPath(w http.ResponseWriter, o order) {
	if len(f.orders) == 0 { // want `^the request is refused here, and goes on behind this branch`
		f.sendProblem(w, notFound("no orders"), nil)
	}
	list, err := f.ledger.Orders()
	if err != nil {
		f.sendProblem(w, &problem{Detail: "failed"}, err)
		return
	}
	if len(list) > 0 {
		writeAs(w, http.StatusOK, list)
	} else {
		w.WriteHeader(http.StatusNoContent)
	}
}

func badRefusedByStatus(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if r.Header.Get("Authorization") == "" { // want `^the request is refused here, and goes on behind this branch`
		writeAs(w, http.StatusUnauthorized, "log in first")
	}
	next.ServeHTTP(w, r)
}

func badRefusedMissing(w http.ResponseWriter, l ledger, o order) {
	if err := l.Refund(o); err != nil { // want `^the request is (answered|refused)`
		refuseMissing(w, err)
	}
	writeAs(w, http.StatusOK, o)
}

// Left behind the answer.

func okAnsweredByOwn(w http.ResponseWriter, r *http.Request) {
	d, err := time.ParseDuration(r.FormValue("age"))
	if err != nil {
		failWith(w, http.StatusBadRequest, fmt.Errorf("age: %w", err))
		return
	}
	writeAs(w, http.StatusOK, d)
}

func (f *front) okAnsweredElse(w http.ResponseWriter, o order) {
	if err := f.ledger.Charge(o); err != nil {
		if errors.Is(err, errRefused) {
			f.sendProblem(w, notFound("no such order"), err)
		} else {
			f.sendProblem(w, &problem{Detail: "failed"}, err)
		}
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Nothing is behind it, or nothing that answers.

func (f *front) okAnsweredLast(w http.ResponseWriter, o order) {
	err := f.ledger.Charge(o)
	switch {
	case errors.Is(err, errRefused):
		f.sendProblem(w, notFound("no such order"), err)
	case err != nil:
		f.sendProblem(w, &problem{Detail: "failed"}, err)
	default:
		writeAs(w, http.StatusOK, o)
	}
}

func okAnsweredThenCounted(w http.ResponseWriter, l ledger, o order, count func()) {
	if err := l.Charge(o); err != nil {
		failInside(w, err)
	} else {
		writeAs(w, http.StatusOK, o)
	}
	count()
}

// The work behind it is for those who took part, the client has its answer.
func okAnsweredThenUndone(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		failInside(w, err)
		if err := l.Refund(o); err != nil {
			log.Print(err)
		}
		return
	}
	writeAs(w, http.StatusOK, o)
}

// An answer that says that all is well, and pieces of one.

func okAnsweredWell(w http.ResponseWriter, early bool) {
	if early {
		writeAs(w, http.StatusAccepted, "on its way")
	}
	fmt.Fprintln(w, "that is all")
}

func notice(w http.ResponseWriter, err error) {
	fmt.Fprintf(w, "event: error\ndata: %v\n\n", err)
}

func okStream(w http.ResponseWriter, l ledger, orders []order) {
	for _, o := range orders {
		if err := l.Charge(o); err != nil {
			notice(w, fmt.Errorf("charging %s: %w", o.ID, err))
		}
		fmt.Fprintf(w, "event: order\ndata: %s\n\n", o.ID)
	}
	if err := l.Refund(order{}); err != nil {
		notice(w, fmt.Errorf("the last: %w", err))
	}
	fmt.Fprint(w, "event: end\n\n")
}

// The status alone: the body is the same for both.
func markFailed(w http.ResponseWriter, err error) {
	log.Print(err)
	w.Header().Set("X-Failed", "true")
	w.WriteHeader(http.StatusInternalServerError)
}

func okStatusByOwn(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		markFailed(w, fmt.Errorf("charging: %w", err))
	}
	fmt.Fprintln(w, "see X-Failed")
}

// It answers only where there is an error, or not on every path.
func failIf(w http.ResponseWriter, err error) {
	if err != nil {
		failInside(w, err)
	}
}

func perhaps(w http.ResponseWriter, err error) {
	if errors.Is(err, io.EOF) {
		return
	}
	failWith(w, http.StatusBadRequest, err)
}

func okPerhaps(w http.ResponseWriter, r *http.Request, l ledger, o order) {
	if r.Method == http.MethodPut {
		failIf(w, l.Charge(o))
	}
	if _, err := io.ReadAll(r.Body); err != nil {
		perhaps(w, err)
	}
	fmt.Fprintln(w, "done")
}

// It says whether to go on, and who called decides.
func refused(w http.ResponseWriter, err error) bool {
	if err == nil {
		return false
	}
	failInside(w, err)
	return true
}

func okAsked(w http.ResponseWriter, l ledger, o order) {
	if refused(w, l.Charge(o)) {
		return
	}
	writeAs(w, http.StatusOK, o)
}

// One of several ways answers, and the way on is another writer's.
func okToOther(w, behind http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		failInside(w, err)
	}
	writeAs(behind, http.StatusOK, o)
}

// A path behind it may leave without an answer.
func okLeavesBefore(w http.ResponseWriter, l ledger, o order) {
	failed := false
	if err := l.Charge(o); err != nil {
		failInside(w, err)
		failed = true
	}
	if failed {
		return
	}
	writeAs(w, http.StatusOK, o)
}

// The other arm has answered, and a line goes with either.
func okLineBehind(w http.ResponseWriter, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		failInside(w, err)
	} else {
		writeAs(w, http.StatusOK, o)
	}
	fmt.Fprintln(w)
}

func okAnsweredEachTurn(w http.ResponseWriter, l ledger, orders []order) {
	for _, o := range orders {
		if err := l.Charge(o); err != nil {
			failInside(w, err)
			break
		}
	}
}

func okNothingFailed(w http.ResponseWriter, o order, late bool) {
	if late {
		(&front{}).sendProblem(w, nil, nil)
	}
	writeAs(w, http.StatusOK, o)
}

// A failure is told, and then success.

type message interface {
	Ack(err error)
	ID() string
}

type pipe struct{ first error }

func (p *pipe) CloseWithError(err error) { p.first = err }

// fabric
func badToldBoth(m message, l ledger, o order) {
	if err := l.Charge(o); err != nil { // want `^m.Ack tells of a failure \(line \d+\), and success is told behind this branch$`
		log.Printf("charging %s: %v", o.ID, err)
		m.Ack(err) // tells whoever sent the order
	}
	m.Ack(nil)
	log.Printf("%s charged", m.ID())
}

func badCalledBack(l ledger, o order, done func(*order, error)) {
	if o.ID == "" { // want `^done tells of a failure`
		done(nil, errRefused)
	}
	if err := l.Charge(o); err != nil {
		done(nil, fmt.Errorf("charging: %w", err))
		return
	}
	done(&o, nil)
}

func okToldOne(m message, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		m.Ack(err)
		return
	}
	m.Ack(nil)
}

func okToldElse(m message, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		m.Ack(err)
	} else {
		m.Ack(nil)
	}
}

// The first call of the function ends the context, and no other counts.
func okToldEndOnce(end context.CancelCauseFunc, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		end(err)
	}
	end(nil)
}

func okToldWhatever(m message, l ledger, o order) {
	m.Ack(l.Charge(o))
}

func okToldOther(m, next message, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		m.Ack(err)
	}
	next.Ack(nil)
}

func okToldEach(l ledger, orders []order, tell func(id string, err error)) {
	for _, o := range orders {
		if err := l.Charge(o); err != nil {
			tell(o.ID, err)
		}
	}
	tell("all", nil)
}

func okToldAnother(l ledger, o order, tell func(id string, err error)) {
	if err := l.Charge(o); err != nil {
		tell(o.ID, err)
	}
	tell("log", nil)
}

// What ends once keeps the first.
func okEndsOnce(p *pipe, l ledger, o order) {
	if err := l.Charge(o); err != nil {
		p.CloseWithError(err)
	}
	p.CloseWithError(nil)
}

func okToldUnderCondition(m message, l ledger, o order, quiet bool) {
	err := l.Charge(o)
	if err != nil {
		m.Ack(err)
	}
	if err == nil && !quiet {
		m.Ack(nil)
	}
}

// What could not be decoded is used, though the connection is closed.

// rqlite
func badHalfMade(conn net.Conn, l ledger, data []byte) {
	o := &order{}
	err := json.Unmarshal(data, o)
	if err != nil { // want `^json.Unmarshal failed \(line \d+\) and what belongs to it is closed, yet what it half made is used on line \d+$`
		conn.Close()
	}
	switch o.ID {
	case "":
		fmt.Fprintln(conn, "no order")
	default:
		l.Charge(*o) //nolint:errcheck // a trial
	}
}

func badHalfMadeInTurn(conn net.Conn, l ledger) {
	for range 3 {
		var o order
		if err := json.NewDecoder(conn).Decode(&o); err != nil { // want `^\S+Decode failed \(line \d+\) and what belongs to it is closed`
			_ = conn.Close()
		}
		save(o)
	}
}

func okHalfMadeLeft(conn net.Conn, data []byte) {
	o := &order{}
	if err := json.Unmarshal(data, o); err != nil {
		conn.Close()
		return
	}
	save(*o)
}

func okHalfMadeElse(conn net.Conn, data []byte) {
	var o order
	if err := json.Unmarshal(data, &o); err != nil {
		log.Print(err)
		conn.Close()
	} else {
		save(o)
	}
}

func badHalfMadeReplaced(conn net.Conn, data []byte) {
	var o order
	if err := json.Unmarshal(data, &o); err != nil { // want `^strict: the failure of json.Unmarshal \(line \d+\) is replaced by other work`
		conn.Close()
	}
	o = order{ID: "another"}
	save(o)
}

func badHalfMadeUnused(conn net.Conn, data []byte) {
	var o order
	if err := json.Unmarshal(data, &o); err != nil { // want `^strict: the failure of json.Unmarshal \(line \d+\) is replaced by other work`
		conn.Close()
	}
	log.Print("done")
}

func okHalfMadeTold(conn net.Conn, data []byte) error {
	var o order
	err := json.Unmarshal(data, &o)
	if err != nil {
		conn.Close()
	}
	save(o)
	return err
}

func okHalfMadeOnceMore(conn net.Conn, data, old []byte) {
	var o order
	err := json.Unmarshal(data, &o)
	if err != nil {
		err = json.Unmarshal(old, &o)
	}
	if err != nil {
		conn.Close()
		return
	}
	save(o)
}

func badHalfMadeAsked(conn net.Conn, data []byte) {
	var o order
	err := json.Unmarshal(data, &o)
	if err != nil { // want `^strict: the failure of json.Unmarshal \(line \d+\) is replaced by other work`
		conn.Close()
	}
	if err == nil && o.ID != "" {
		log.Print("one more")
	}
}
