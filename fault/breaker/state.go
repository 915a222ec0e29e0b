package breaker

import "strconv"

// State is what a breaker does with a call. The zero value is Closed.
type State uint8

const (
	Closed   State = iota // calls pass
	HalfOpen              // trial calls pass, the others are refused
	Open                  // calls are refused until the cooldown is over
	Isolated              // calls are refused until Close is called
)

// String returns "closed", "half-open", "open" or "isolated".
func (s State) String() string {
	switch s {
	case Closed:
		return "closed"
	case HalfOpen:
		return "half-open"
	case Open:
		return "open"
	case Isolated:
		return "isolated"
	}
	return "State(" + strconv.Itoa(int(s)) + ")"
}
