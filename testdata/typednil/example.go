package typednil

// The examples of the documentation.

type InvalidError struct{ Field string }

func (e *InvalidError) Error() string { return e.Field + " is invalid" }

type order struct{ amount int }

func (o order) check() *InvalidError {
	if o.amount <= 0 {
		return &InvalidError{"amount"}
	}
	return nil
}

func (o order) place() error {
	var invalid *InvalidError
	if o.amount <= 0 {
		invalid = &InvalidError{"amount"}
	}
	return invalid // want `^invalid can be a nil pointer here \(line \d+\), which becomes an error that is not nil`
}

func (o order) placeChecked() error {
	return o.check() // want `^o.check can give a nil pointer, which becomes an error that is not nil`
}

func (o order) placeTested() error {
	if invalid := o.check(); invalid != nil {
		return invalid
	}
	return nil
}
