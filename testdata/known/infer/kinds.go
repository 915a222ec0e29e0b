package infer

import (
	"bufio"
	"encoding/json"
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

func pause(n int) { // want "^kind wait$"
	time.Sleep(time.Duration(n) * time.Second)
}

func writeJSON(w http.ResponseWriter, v any) error { // want "^kind respond$"
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}
