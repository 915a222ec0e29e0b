package file

import "testing"

func badTest(t *testing.T) {
	lose() // want `^lose is lost`
}
