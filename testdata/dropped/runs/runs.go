package runs

import (
	"errors"
	"net"
	"net/http"
	"os"
	"sync"

	"github.com/cenkalti/backoff/v4"
)

// The error of what only runs a function literal is the literal's.

// dapr
func badRetry(b backoff.BackOff, url string) (int, error) {
	var resp *http.Response
	var err error
	backoff.Retry(func() error { // want `^backoff.Retry can fail, and nobody takes its error`
		resp, err = http.Get(url)
		return err
	}, b)
	return resp.StatusCode, nil
}

func badRetryWrite(b backoff.BackOff, path string, data []byte) error {
	backoff.RetryNotify(func() error { // want `^backoff.RetryNotify can fail, and nobody takes its error`
		return os.WriteFile(path, data, 0o600)
	}, b, nil)
	return nil
}

var mu sync.Mutex

func locked(f func() error) error {
	mu.Lock()
	defer mu.Unlock()
	return f()
}

func okLockedSaved(path string) (err error) {
	return locked(func() error { return os.Chmod(path, 0o600) })
}

// That most drop what locked gives says nothing.
func badLockedWrite(path string, data []byte) error {
	locked(func() error { return os.WriteFile(path, data, 0o600) }) // want `^locked can fail, and nobody takes its error`
	return nil
}

func badLockedRename(path string) error {
	locked(func() error { return os.Rename(path, path+".old") }) // want `^locked can fail, and nobody takes its error`
	return nil
}

func badLockedReplaced(c net.Conn, data []byte) (err error) {
	var sent error
	locked(func() error { // want `^locked can fail, and nobody takes its error`
		sent = os.WriteFile(c.RemoteAddr().String(), data, 0o600)
		return sent
	})
	sent = c.Close()
	return sent
}

// Nothing outside of the program fails here.
func badStrictLockedCheck(names map[string]int, name string) error {
	locked(func() error { // want `^strict: locked can fail, and nobody takes its error`
		if _, ok := names[name]; ok {
			return errors.New("name is taken")
		}
		names[name] = 1
		return nil
	})
	return nil
}

func okRetryKept(b backoff.BackOff, url string) (*http.Response, error) {
	var resp *http.Response
	var err error
	backoff.Retry(func() error {
		resp, err = http.Get(url)
		return err
	}, b)
	return resp, err
}

func okRetryKeptNamed(b backoff.BackOff, url string) (resp *http.Response, err error) {
	backoff.Retry(func() error {
		resp, err = http.Get(url)
		return err
	}, b)
	return
}

func okRetryKeptTested(b backoff.BackOff, url string) (int, error) {
	var resp *http.Response
	var err error
	backoff.Retry(func() error {
		resp, err = http.Get(url)
		if err != nil {
			return err
		}
		return nil
	}, b)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func okRetryTaken(b backoff.BackOff, url string) (int, error) {
	var resp *http.Response
	err := backoff.Retry(func() (err error) {
		resp, err = http.Get(url)
		return err
	}, b)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func okLockedTaken(path string) error {
	return locked(func() error { return os.Remove(path) })
}

func okLockedNeverFails(names map[string]int, name string) error {
	if err := locked(func() error { names[name] = 1; return nil }); err != nil {
		return err
	}
	return nil
}

func okLockedWrapped(path string) error {
	if err := locked(func() error { return os.Truncate(path, 0) }); err != nil {
		return errors.Join(errors.New("not emptied"), err)
	}
	return nil
}

func okLockedKept(path string, data []byte) error {
	var err error
	locked(func() error {
		err = os.WriteFile(path, data, 0o600)
		return err
	})
	return errors.Join(err, nil)
}

func okLockedKeptPassedOn(path string, data []byte, done func(error)) {
	var err error
	locked(func() error {
		err = os.WriteFile(path, data, 0o600)
		return err
	})
	done(err)
}

func okLockedSaid(path string) error {
	// Whether the old one is still there makes no difference to us.
	locked(func() error { return os.Rename(path, path+".old") }) // want `^silenced\(comment\)`
	return nil
}

func okLockedBesteffort(path string) error {
	renameBestEffort(path)
	return nil
}

func renameBestEffort(path string) {
	locked(func() error { return os.Rename(path, path+".old") }) // want `^silenced\(best-effort\)`
}

func okLockedSent(path string, failures chan<- error) {
	failures <- locked(func() error { return os.Rename(path, path+".old") })
}
