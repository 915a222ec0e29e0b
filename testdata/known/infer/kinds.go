package infer

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

type journal struct {
	f *os.File
	w *bufio.Writer
}

func (j *journal) Append(line string) error { // want "^through receiver; kind write$"
	_, err := j.w.WriteString(line)
	return err
}

func (j *journal) Close() error { // want "^kind close persist outside; sentinels io.ErrShortWrite$"
	if err := j.w.Flush(); err != nil {
		return err
	}
	return j.f.Close()
}

type dump struct{ f *os.File }

func (d *dump) Add(p []byte) error { // want "^kind write outside; sentinels io.ErrShortWrite$"
	_, err := d.f.Write(p)
	return err
}

func (d *dump) Close() error { return d.f.Close() } // want "^kind close persist outside$"

type source struct{ f *os.File }

func (s *source) Close() error { return s.f.Close() } // want "^kind close outside$"

// What went to another machine is answered there.

type line struct{ c net.Conn }

func (l *line) Say(p []byte) error { // want "^through receiver; kind write$"
	_, err := l.c.Write(p)
	return err
}

func (l *line) Close() error { return l.c.Close() } // want "^through receiver; kind close$"

type stream struct{ rwc io.ReadWriteCloser }

func (s *stream) Say(p []byte) error { // want "^through receiver; kind write$"
	_, err := s.rwc.Write(p)
	return err
}

func (s *stream) Close() error { return s.rwc.Close() } // want "^through receiver; kind close$"

func pause(n int) { // want "^kind wait$"
	time.Sleep(time.Duration(n) * time.Second)
}

func writeJSON(w http.ResponseWriter, v any) error { // want "^kind respond$"
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}

// --- answers to a client

func answersWith(w http.ResponseWriter, status int, v any) { // want "^status 1; kind respond$"
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

func refusesBy(w http.ResponseWriter, status int, err error) { // want "^status 1; kind respond refuse$"
	answersWith(w, status, err.Error())
}

func refusesByOther(w http.ResponseWriter, err error) { // want "kind respond refuse$"
	if errors.Is(err, os.ErrNotExist) {
		refusesBy(w, http.StatusNotFound, err)
		return
	}
	http.Error(w, "failed", http.StatusInternalServerError)
}

func refusesAll(w http.ResponseWriter) { // want "^kind respond refuse$"
	answersWith(w, http.StatusForbidden, "never")
}

func answersMostly(w http.ResponseWriter, err error) { // want "kind respond$"
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	refusesByOther(w, err)
}

func answersEither(w http.ResponseWriter, err error) { // want "kind respond$"
	if err != nil {
		refusesByOther(w, err)
		return
	}
	answersWith(w, http.StatusOK, "done")
}

func answersWell(w http.ResponseWriter, err error) { // want "kind respond$"
	answersWith(w, http.StatusOK, err)
}

func marks(w http.ResponseWriter, err error) { // want "kind respond$"
	w.WriteHeader(http.StatusInternalServerError)
}

func logsAndRefuses(w http.ResponseWriter, err error) bool { // want "kind respond$"
	refusesByOther(w, err)
	return false
}
