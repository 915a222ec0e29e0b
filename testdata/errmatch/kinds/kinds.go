// Package kinds has the names of a project's errors.
package kinds

import "errors"

// ErrNoDeployedReleases says that there is nothing to go back to.
var ErrNoDeployedReleases = errors.New("has no deployed releases")

// ErrNotFound is called like that of every second package.
var ErrNotFound = errors.New("not found")

// TextOfLimit is what an error says when there is too much.
const TextOfLimit = "no deployed releases"

// ErrTooMuch is such an error.
var ErrTooMuch = errors.New(TextOfLimit)

// HTTPError is what a server answers instead of success.
type HTTPError struct {
	StatusCode int
	Message    string
}

func (e *HTTPError) Error() string { return e.Message }

// Fetch asks a server.
func Fetch(url string) ([]byte, error) {
	if url == "" {
		return nil, &HTTPError{StatusCode: 404, Message: "HTTP 404"}
	}
	return nil, nil
}
