package overwritten

import (
	"fmt"
	"strconv"
)

// What is handed to the answer of a failure besides its error is not what the outer variable is read for.

type apiError struct {
	kind string
	err  error
}

func (e *apiError) Error() string { return e.kind + ": " + e.err.Error() }

// thanos
func okShadowAnswered(limitText string, find func(limit int) ([]string, error)) ([]string, *apiError) {
	var (
		names []string
		err   error
	)
	limit := -1
	if limitText != "" {
		n, err := strconv.Atoi(limitText)
		if err != nil {
			return nil, &apiError{"bad data", fmt.Errorf("invalid limit %v", n)}
		}
		limit = n
	}
	within(func() { names, err = find(limit) })
	if err != nil {
		return nil, &apiError{"internal", err}
	}
	return names, nil
}

func within(f func()) { f() }

// A failure that goes on is what the outer variable is read for.
func badShadowGoesOn(limitText string, say func(string), find func(limit int) []string) ([]string, error) {
	var err error
	limit := -1
	if limitText != "" {
		n, err := parseLimit(limitText) // want `^the error of parseLimit goes into a new err that hides the outer one, which is nil where it is read later`
		if err != nil {
			say(fmt.Sprintf("invalid limit %v", n))
		}
		limit = n
	}
	names := find(limit)
	if err != nil {
		return nil, err
	}
	return names, nil
}

func okShadowSaid(limitText string, say func(string, error), find func(limit int) ([]string, error)) ([]string, error) {
	limit := -1
	if limitText != "" {
		n, err := parseLimit(limitText)
		if err != nil {
			say(fmt.Sprintf("invalid limit %v", n), err)
			return nil, err
		}
		limit = n
	}
	return find(limit)
}

func parseLimit(text string) (int, error) { return strconv.Atoi(text) }
