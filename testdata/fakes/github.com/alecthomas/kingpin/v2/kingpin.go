// Package kingpin stands in for github.com/alecthomas/kingpin/v2.
package kingpin

func Fatalf(format string, args ...interface{})                  {}
func FatalIfError(err error, format string, args ...interface{}) {}
func FatalUsage(format string, args ...interface{})              {}
