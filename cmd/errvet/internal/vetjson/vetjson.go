// Package vetjson holds the JSON that go/analysis drivers print, as go vet -json passes it on.
package vetjson

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A Tree maps unit to analyzer to either a [Failure] or a list of [Diagnostic].
type Tree map[string]map[string]json.RawMessage

// DirKey is what a key among a unit's analyzers begins with that stands for none, but names the unit's directory.
const DirKey = "in "

// A Failure says that an analyzer did not finish.
type Failure struct {
	Error string `json:"error"`
}

// A Diagnostic is one finding. Positions are written file:line:column; columns count bytes from 1.
type Diagnostic struct {
	Category string    `json:"category,omitempty"`
	Posn     string    `json:"posn"`
	End      string    `json:"end"`
	Message  string    `json:"message"`
	URL      string    `json:"url,omitempty"`
	Fixes    []Fix     `json:"suggested_fixes,omitempty"`
	Related  []Related `json:"related,omitempty"`
}

// A Fix is a change that is made as a whole or not at all.
type Fix struct {
	Message string `json:"message"`
	Edits   []Edit `json:"edits"`
}

// An Edit replaces the bytes from Start to End of a file.
type Edit struct {
	Filename string `json:"filename"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	New      string `json:"new"`
}

// A Related is one more place that a finding is about.
type Related struct {
	Posn    string `json:"posn"`
	End     string `json:"end"`
	Message string `json:"message"`
}

// Decode reads one tree after the other until the stream ends, and hands on each unit.
func Decode(r io.Reader, each func(unit string, analyzers map[string]json.RawMessage) error) error {
	dec := json.NewDecoder(r)
	for {
		var tree Tree
		switch err := dec.Decode(&tree); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading go vet's output: %w", err)
		}
		for unit, analyzers := range tree {
			if err := each(unit, analyzers); err != nil {
				return err
			}
		}
	}
}

// Parse reads what one analyzer said of a unit: findings, or a failure.
func Parse(msg json.RawMessage) ([]Diagnostic, *Failure, error) {
	if len(msg) > 0 && msg[0] == '[' {
		var list []Diagnostic
		if err := json.Unmarshal(msg, &list); err != nil {
			return nil, nil, fmt.Errorf("reading a finding: %w", err)
		}
		return list, nil, nil
	}
	f := new(Failure)
	if err := json.Unmarshal(msg, f); err != nil {
		return nil, nil, fmt.Errorf("reading an analyzer's failure: %w", err)
	}
	return nil, f, nil
}
