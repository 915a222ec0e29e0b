// Package levels loses errors where the code around logs in its own way.
package levels

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/sirupsen/logrus"
)

type logger interface {
	Debugf(format string, args ...any)
	Warnf(format string, args ...any)
}

type cache struct {
	log logger
	dir string
}

// All that is logged here is for debugging: the same logger warns.
func (c *cache) purge(names []string) int {
	c.log.Debugf("purging %d", len(names))
	n := 0
	for _, name := range names {
		os.Remove(c.dir + name)
		os.Rename(c.dir+name, c.dir+name+".old")
		n++
	}
	return n
}

// What is being done goes to Info, failures to Warn.
func sweep(dir string, names []string) {
	slog.Info("sweeping", "err", errors.New("no reason"))
	for _, name := range names {
		os.Rename(dir+name, dir+name+".old")
	}
}

type node struct{ id string }

func (n *node) warn(format string, args ...any) {
	text := fmt.Sprintf("%s: %s", n.id, format)
	sink(text, args...)
}

var sink func(string, ...any)

func (n *node) start(path string) {
	if err := os.Chdir(path); err != nil {
		n.warn("cannot start: %v", err)
	}
}

// The method takes a format although its name does not say so.
func (n *node) stop(path string) {
	os.Truncate(path, 0)
}

// The records there are get the error.
func shown(path string) {
	if err := os.Truncate(path, 0); err != nil {
		logrus.WithField("path", path).Warn("cannot truncate")
	}
	if err := os.Chmod(path, 0o600); err != nil {
		logrus.Errorf("cannot protect %s\n", path)
	}
	if err := os.Chdir(path); err != nil {
		slog.Debug("cannot enter", "path", path)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		logrus.Infof("cannot make the directory.")
	}
}

// What is skipped need not be a failure: a log would tell of none.
func doubtful(names []string) int {
	sum := 0
	for _, name := range names {
		var n int
		if got, err := fmt.Sscanf(name, "n%d", &n); err != nil || got != 1 {
			continue
		}
		sum += n
	}
	return sum
}
