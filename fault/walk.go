package fault

// children returns what err wraps: at most one error in one, or several in many.
func children(err error) (one error, many []error) {
	switch x := err.(type) {
	case interface{ Unwrap() error }:
		return x.Unwrap(), nil
	case interface{ Unwrap() []error }:
		return nil, x.Unwrap()
	}
	return nil, nil
}
