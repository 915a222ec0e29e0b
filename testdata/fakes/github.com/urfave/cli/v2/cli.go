// Package cli stands in for github.com/urfave/cli/v2.
package cli

type Context struct{}

func (c *Context) String(name string) string { return name }

type Command struct {
	Name   string
	Action func(*Context) error
}
