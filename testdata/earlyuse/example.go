package earlyuse

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
)

// The examples of the documentation.

func status(url string) (int, error) {
	resp, err := http.Get(url)
	code := resp.StatusCode // want `^resp, which is nil if it failed, is used before the error of http.Get`
	if err != nil {
		return 0, err
	}
	return code, resp.Body.Close()
}

func fetch(url string) error {
	resp, err := http.Get(url)
	defer resp.Body.Close() // want `^resp, which is nil if it failed, is used before the error of http.Get`
	if err != nil {
		return err
	}
	return nil
}

func accept(l net.Listener) (net.Conn, error) {
	conn, err := l.Accept()
	if err != nil {
		return nil, fmt.Errorf("from %s: %w", conn.RemoteAddr(), err) // want `^l.Accept failed \(line \d+\), and conn, which is nil then, is used`
	}
	return conn, nil
}

func nameOf(path string) (string, error) {
	c, err := load(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return c.name, nil // want `^load failed \(line \d+\), and c, which is nil then, is used`
}

type catalog interface {
	Get(name string) (*entry, error)
}

type entry struct{ Title string }

func title(c catalog, name string) (string, error) {
	e, err := c.Get(name)
	return e.Title, err // want `^e is used before the error of c.Get`
}

func fetchTested(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}
