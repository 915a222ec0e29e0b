package customary

import (
	"errors"
	"log"
	"net/rpc"
)

// A client whose getters were given no error result.

type client struct{ server *rpc.Client }

func (c *client) call(method string, out any) error {
	return c.server.Call("Server."+method, struct{}{}, out)
}

// ask is taken by most getters.
func (c *client) ask(method string, out any) error {
	return c.server.Call("Asker."+method, struct{}{}, out)
}

// delve
func badNewClient(server *rpc.Client) *client {
	c := &client{server}
	c.call("hello", new(string)) // want `^strict: c.call can fail, and nobody takes its error`
	return c
}

func (c *client) badPid() (pid int) {
	c.call("pid", &pid) // want `^strict: c.call can fail`
	return pid
}

func (c *client) badName() string {
	var name string
	c.call("name", &name) // want `^strict: c.call can fail`
	return name
}

func (c *client) badRecorded() (yes bool) {
	c.call("recorded", &yes) // want `^strict: c.call can fail`
	return yes
}

func (c *client) badThreads() (ids []int) {
	c.call("threads", &ids) // want `^strict: c.call can fail`
	return ids
}

// This one could have told, and says that all went well.
func (c *client) badLibraries() (names []string, err error) {
	c.call("libraries", &names) // want `^c.call can fail, and nobody takes its error`
	return names, nil
}

func (c *client) okStop() error                       { return c.call("stop", nil) }
func (c *client) okNext() error                       { return c.call("next", nil) }
func (c *client) okStep() error                       { return c.call("step", nil) }
func (c *client) okStacks() (all []string, err error) { err = c.call("stacks", &all); return all, err }
func (c *client) okVars() (all []string, err error)   { err = c.call("vars", &all); return all, err }
func (c *client) okBoth() error                       { return errors.Join(c.call("stop", nil), c.call("next", nil)) }

// Of these most look.
func (c *client) badAsk() (n int) {
	c.ask("n", &n) // want `^c.ask can fail, and nobody takes its error`
	return n
}

func (c *client) okAsk() (n int) {
	if err := c.ask("n", &n); err != nil {
		log.Print(err)
		return -1
	}
	return n
}

func (c *client) okAskAgain() (n int, ok bool) {
	err := c.ask("m", &n)
	return n, err == nil
}

func (c *client) okAskThird() error { return c.ask("k", nil) }

func (c *client) okAskLogged() (n int) {
	if err := c.ask("logged", &n); err != nil {
		log.Printf("asking: %v", err)
	}
	return n
}

func (c *client) okAskKept(errs *[]error) (n int) {
	*errs = append(*errs, c.ask("kept", &n))
	return n
}

func (c *client) okAskSent(failed chan<- error) (n int) {
	failed <- c.ask("sent", &n)
	return n
}

func (c *client) okPaths() (paths []string, err error) {
	err = c.call("paths", &paths)
	return paths, err
}
func (c *client) okLines() (lines []int, err error) { err = c.call("lines", &lines); return lines, err }
func (c *client) okTold(done func(error))           { done(c.call("told", nil)) }
