// Package file holds files of which some never have findings.
package file

func lose() error { return nil }

func badWritten() {
	lose() // want `^lose is lost`
}
