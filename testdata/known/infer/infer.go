package infer

import (
	"fmt"

	"errvet.test/testdata/known/helper"
)

func Across() error { // want "^infallible$"
	var s helper.Sink
	_, err := fmt.Fprintf(&s, "x")
	return err
}
