// Package cmd is a part of a command: whoever runs that sees what it does.
package cmd

import (
	"log"
	"net/http"
	"os"
)

func hint(name string) ([]byte, error) {
	if name == "" {
		name = "hint"
	}
	resp, err := http.Get("https://example.org/" + name)
	if err != nil {
		return nil, err
	}
	if err := resp.Body.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

func badHint(name string, show func([]byte)) {
	log.Print("started")
	go func() {
		b, err := hint(name)
		if err != nil {
			return // want `^strict: hint failed \(line \d+\), and function literal in badHint ends without a trace of it`
		}
		show(b)
	}()
}

func okHint(name string, show func([]byte)) {
	go func() {
		b, err := hint(name)
		if err != nil {
			log.Print(err)
			return
		}
		show(b)
	}()
}

func okHintGiven(name string) ([]byte, error) { return hint(name) }
