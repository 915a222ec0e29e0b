package known

// A Contract is what the directives in a function's doc comment promise.
type Contract struct {
	Infallible bool  // its error is always nil
	NilOnError bool  // its other results are nil whenever its error is not
	Boundary   bool  // errors end here; it may recover
	Handles    []int // the parameters it disposes of
}
