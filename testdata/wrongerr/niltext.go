package wrongerr

import (
	"errors"
	"fmt"
	"os"
)

// Functions that ask for the text of what they get.

type refusal struct {
	code int
	text string
}

func (r *refusal) Error() string { return r.text }

func denied(err error) error { return &refusal{403, err.Error()} }

func refuse(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return &refusal{404, "not found"}
	}
	text := err.Error()
	return &refusal{400, text}
}

func refuseAny(err error) error {
	if err == nil {
		return nil
	}
	return &refusal{400, err.Error()}
}

// livekit: the test behind the one of the error looks at what came beside it.
func badNilHandedToText(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", denied(err)
	}
	if len(b) == 0 {
		return "", denied(err) // want `^err is nil here: to ask for its text panics$`
	}
	return string(b), nil
}

func badNilHandedToTextBehindKind(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err == nil && len(b) == 0 {
		return "", refuse(err) // want `^err is nil here: to ask for its text panics$`
	}
	return string(b), err
}

func okHandedToText(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", refuse(err)
	}
	return string(b), nil
}

func okHandedToTextAsksForNil(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", refuseAny(err)
	}
	return string(b), refuseAny(err)
}

func okHandedToTextInCase(name string) error {
	_, err := os.ReadFile(name)
	switch {
	case err == nil:
		return nil
	case os.IsPermission(err):
		return denied(err)
	}
	return refuse(err)
}

func okHandedToTextUntested(name string) error {
	return denied(fmt.Errorf("no %s", name))
}

func okHandedToTextAgain(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", denied(err)
	}
	if err = os.Remove(name); err != nil {
		return "", denied(err)
	}
	return string(b), nil
}

func hidden(err error) error { return &refusal{404, "nothing here"} }

func okHandedToHidden(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", denied(err)
	}
	if len(b) == 0 {
		return "", hidden(err)
	}
	return string(b), nil
}
