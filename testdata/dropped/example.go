package dropped

import (
	"encoding/json"
	"io"
	"net/http"
	"os"

	"example.org/elsewhere/store"
)

// The examples of the documentation.

type session struct {
	User  string
	Notes map[string]any
}

func saveSession(dir string, s session) error {
	data, _ := json.Marshal(s)                     // want `^strict: the error of json.Marshal is thrown away`
	os.WriteFile(dir+"/session.json", data, 0o600) // want `^os.WriteFile can fail, and nobody takes its error`
	return nil
}

func rotate(log string) {
	defer os.Rename(log+".new", log) // want `^the deferred os.Rename can fail`
	_ = os.Truncate(log, 0)          // want `^strict: the error of os.Truncate is thrown away without a reason`
}

func statusOf(url string) string {
	resp, _ := http.Get(url) // want `^the error of http.Get is thrown away, and resp, which is nil if it fails, is used on line \d+`
	return resp.Status
}

func rotateChecked(log string) (err error) {
	defer func() {
		if moveErr := os.Rename(log+".new", log); err == nil {
			err = moveErr
		}
	}()
	return os.Truncate(log, 0)
}

func drain(r io.Reader) {
	_, _ = io.Copy(io.Discard, r) // only to let the connection be used again // want `^silenced\(comment\)`
}

func keysIn(path string) (keys []string, _ error) {
	it, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for it.Next() { // want `^the loop over it.Next may end because it failed, and nobody asks it.Err`
		keys = append(keys, it.Key())
	}
	return keys, nil
}
