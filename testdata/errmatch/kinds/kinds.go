// Package kinds has the names of a project's errors.
package kinds

import "errors"

// ErrNoDeployedReleases says that there is nothing to go back to.
var ErrNoDeployedReleases = errors.New("has no deployed releases")

// ErrNotFound is called like that of every second package.
var ErrNotFound = errors.New("not found")
