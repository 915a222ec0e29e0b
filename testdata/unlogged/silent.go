package unlogged

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"time"
)

// Answers in other hands.

func okAnswerOfResult(w http.ResponseWriter, r *http.Request, find func(string) ([]byte, error)) {
	b, err := find(r.URL.Path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		http.NotFound(w, r)
	case err != nil:
		http.Error(w, fmt.Sprintf("find: %v", err), http.StatusInternalServerError)
	default:
		w.Write(b)
	}
}

func okErrorHandler(find func(*http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := find(r); err != nil {
			slog.ErrorContext(r.Context(), "request failed", slog.Any("err", err))
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
}

// The client is gone: there is nobody to tell.
func okWriteToClient(w http.ResponseWriter, r *http.Request) {
	if _, err := fmt.Fprint(w, "ok"); err != nil {
		log.Printf("writing to %s: %v", r.RemoteAddr, err)
	}
}

func (s *store) okReturnsError(w http.ResponseWriter, r *http.Request) error {
	b, err := s.load(r.URL.Path)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// What a goroutine or a callback does with an error that somebody else learns of.

type result struct {
	b   []byte
	err error
}

func (s *store) okGoroutineResult(id string, results chan<- result) {
	go func() {
		b, err := s.load(id)
		results <- result{b, err}
	}()
}

func (s *store) okGoroutineCollects(ids []string) (errs []error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, id := range ids {
			if err := s.save(id, nil); err != nil {
				errs = append(errs, err)
			}
		}
	}()
	<-done
	return errs
}

func (s *store) okGoroutineCancels(cancel context.CancelCauseFunc, id string) {
	go func() {
		if err := s.save(id, nil); err != nil {
			cancel(fmt.Errorf("save %s: %w", id, err))
			return
		}
		s.use(nil)
	}()
}

func (s *store) okReadsToTheEnd(r io.Reader) {
	go func() {
		buf := make([]byte, 1)
		for {
			_, err := r.Read(buf)
			if err == io.EOF {
				return
			}
			if err != nil {
				log.Print("reading: ", err)
				return
			}
			s.use(buf)
		}
	}()
}

func (s *store) okWaits(ctx context.Context) {
	go func() {
		<-ctx.Done()
		log.Print("stopping: ", context.Cause(ctx))
	}()
}

func (s *store) okRetriesLater(ctx context.Context) {
	go func() {
		for ctx.Err() == nil {
			if err := s.save("state", nil); err != nil {
				log.Printf("saving, next try in a minute: %v", err)
				time.Sleep(time.Minute)
				continue
			}
			return
		}
	}()
}

func (s *store) okAfterFunc() {
	time.AfterFunc(time.Minute, func() {
		if err := s.save("state", nil); err != nil {
			slog.Error("saving", "err", err)
		}
	})
}

func okCallbackGivesError(each func(func(id string) error) error, s *store) error {
	return each(func(id string) error {
		if err := s.save(id, nil); err != nil {
			return err
		}
		s.use(nil)
		return nil
	})
}

// Records that hold the error in another form.

func okLogOfFields(s *store, id string) {
	l := slog.With("id", id)
	if err := s.save(id, nil); err != nil {
		l.Error("save", "err", err.Error())
	}
}

func okLogOfStruct(msg []byte) {
	var v any
	if err := json.Unmarshal(msg, &v); err != nil {
		log.Printf("%+v", struct {
			Msg string
			Err error
		}{string(msg), err})
	}
}

func okLogOfDefer(s *store, id string) (err error) {
	defer func() {
		if err != nil {
			log.Printf("%s: %v", id, err)
		}
	}()
	return s.save(id, nil)
}

// Records that need no error, and functions of which nobody knows what they tell.

type tree struct{ root map[string]bool }

func (t *tree) insert(name string) error {
	if name == "" || name[0] == '.' {
		return errBadName
	}
	t.root[name] = true
	return nil
}

var errBadName = errors.New("bad name")

func badFailsInOneWay(t *tree, names []string) {
	for _, name := range names {
		if err := t.insert(name); err != nil {
			log.Printf("cannot take %q", name) // want `strict: the log tells that t.insert failed`
		}
	}
}

func badClosureMayTell(s *store, errs chan<- error) {
	put := func(name string) error {
		err := s.save(name, nil)
		if err != nil {
			errs <- err
		}
		return err
	}
	go func() {
		if put("meta") != nil {
			return // want `strict: put failed`
		}
		log.Print("saved")
	}()
}

// What the callee has told of, by whichever of its types, is told.

type proposer interface{ propose(s string) error }

type member struct{ leads bool }

var errNotLeader = errors.New("not leader")

func (m *member) propose(s string) error {
	if !m.leads {
		log.Printf("%s ignored: not leader", s)
		return errNotLeader
	}
	return m.append(s)
}

func (m *member) append(s string) error {
	err := os.WriteFile("journal", []byte(s), 0o600)
	if err != nil {
		log.Printf("appending %s: %v", s, err)
	}
	return err
}

func badProposed(p proposer, next func()) {
	go func() {
		if err := p.propose("a"); err != nil {
			return // want `^strict: .*propose`
		}
		next()
	}()
}

func okProposedAndLogged(p proposer, next func()) {
	go func() {
		if err := p.propose("a"); err != nil {
			log.Print(err)
			return
		}
		next()
	}()
}

func okProposedAndSent(p proposer, failures chan<- error) {
	go func() {
		failures <- p.propose("a")
	}()
}

// What fails in one way only leaves nothing to tell but that it did.

type plans struct {
	todo chan string
	off  chan bool
}

var errDisabled = errors.New("plans are disabled")

func (p *plans) take() (string, error) {
	select {
	case plan := <-p.todo:
		return plan, nil
	case <-p.off:
		return "", errDisabled
	}
}

func badOneWay(p *plans) {
	go func() {
		for {
			plan, err := p.take()
			if err != nil {
				return // want `^strict: p.take failed \(line \d+\)`
			}
			log.Print(plan)
		}
	}()
}

func okOneWayTold(p *plans) {
	go func() {
		for {
			plan, err := p.take()
			if err != nil {
				log.Print(err)
				return
			}
			log.Print(plan)
		}
	}()
}

func okOneWayReturned(p *plans) error {
	plan, err := p.take()
	if err != nil {
		return err
	}
	log.Print(plan)
	return nil
}
