// Package kingpin stands in for github.com/alecthomas/kingpin/v2.
package kingpin

// A ParseContext is what an action is given.
type ParseContext struct{ SelectedCommand *CmdClause }

func (p *ParseContext) String() string { return "" }

// A CmdClause is a command.
type CmdClause struct{}

func Fatalf(format string, args ...interface{})                  {}
func FatalIfError(err error, format string, args ...interface{}) {}
func FatalUsage(format string, args ...interface{})              {}
