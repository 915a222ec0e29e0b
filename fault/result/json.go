package result

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/errvet/errvet/fault"
)

// internalError is told where the error has no public text.
const internalError = "internal error"

// envelope is the form in JSON.
type envelope[T any] struct {
	Success *bool       `json:"success"`
	Value   *T          `json:"value,omitempty"`
	Error   string      `json:"error,omitempty"`
	Code    *fault.Code `json:"error_code,omitempty"`
}

// MarshalJSON returns {"success":true,"value":…} or {"success":false,"error":…,"error_code":…}. Of the error,
// only its public text (fault.PublicOf) and its code (fault.CodeOf, left out if there is none) leave the process; an error without a
// public text is an "internal error".
func (r Of[T]) MarshalJSON() ([]byte, error) {
	v, err := r.Get()
	if err == nil {
		yes := true
		data, err := json.Marshal(envelope[T]{Success: &yes, Value: &v})
		if err != nil {
			return nil, fmt.Errorf("result: encode the value: %w", err)
		}
		return data, nil
	}
	no := false
	e := envelope[T]{Success: &no, Error: internalError}
	if text, ok := fault.PublicOf(err); ok {
		e.Error = text
	}
	if code := fault.CodeOf(err); code != "" {
		e.Code = &code
	}
	return json.Marshal(e)
}

// UnmarshalJSON reads what MarshalJSON writes. A failure becomes a [*RemoteError], of which errors.Is finds the
// code. An answer that is neither a success with a value nor a failure without one is an error; null is, too. Unknown fields
// are not.
func (r *Of[T]) UnmarshalJSON(data []byte) error {
	var e struct {
		Success *bool           `json:"success"`
		Value   json.RawMessage `json:"value"`
		Error   *string         `json:"error"`
		Code    fault.Code      `json:"error_code"`
	}
	if err := json.Unmarshal(data, &e); err != nil {
		return fmt.Errorf("result: decode: %w", err)
	}
	switch {
	case e.Success == nil:
		return errors.New(`result: decode: no "success"`)
	case !*e.Success && e.Value != nil && string(e.Value) != "null":
		return errors.New(`result: decode: a failure with a "value"`)
	case !*e.Success:
		remote := &RemoteError{Code: e.Code}
		if e.Error != nil {
			remote.Message = *e.Error
		}
		*r = Of[T]{err: remote}
		return nil
	case e.Error != nil || e.Code != "":
		return errors.New(`result: decode: a success with an "error"`)
	case e.Value == nil:
		return errors.New(`result: decode: a success without a "value"`)
	}
	var v T
	if err := json.Unmarshal(e.Value, &v); err != nil {
		return fmt.Errorf("result: decode the value: %w", err)
	}
	*r = Of[T]{value: v, ok: true}
	return nil
}

// A RemoteError is a failure that came as JSON.
type RemoteError struct {
	Message string     // the public text
	Code    fault.Code // empty if there was none
}

// Error returns the text, and the code where there is one.
func (e *RemoteError) Error() string {
	text := e.Message
	if text == "" {
		text = internalError
	}
	if e.Code == "" {
		return text
	}
	return fmt.Sprintf("%s (%s)", text, string(e.Code))
}

// Unwrap makes errors.Is(err, code) hold on this side too.
func (e *RemoteError) Unwrap() error {
	if e.Code == "" {
		return nil
	}
	return e.Code
}

// Public returns the text: it was public on the other side.
func (e *RemoteError) Public() string { return e.Message }
