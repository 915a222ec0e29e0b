package dropped

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"runtime/pprof"
	"sync"
	"time"
)

// A cluster hands out what has to be undone.
type cluster struct{ log string }

func (c *cluster) dial(what string) error { return os.WriteFile(c.log, []byte(what), 0o600) }

func (c *cluster) leave(ctx context.Context) error { return c.dial(ctx.Err().Error()) }

func (c *cluster) start() (shutdown func() error, err error) {
	if err := c.dial("start"); err != nil {
		return nil, err
	}
	return func() error { return c.dial("stop") }, nil
}

func badDeferredCall(ctx context.Context, c *cluster) error {
	defer c.leave(ctx) // want `^strict: the deferred c.leave can fail, and nobody takes its error`
	return c.dial("work")
}

func badDeferredFunctionValue(c *cluster, run func() error) error {
	shutdown, err := c.start()
	if err != nil {
		return err
	}
	defer shutdown() // want `^strict: the deferred shutdown can fail`
	return run()
}

func badDeferredClosureDrops(c *cluster) error {
	defer func() {
		c.dial("unlock") // want `^strict: c.dial can fail`
	}()
	return nil
}

func badDeferredClosureValue(c *cluster) error {
	defer func() error { // want `^the deferred the function literal can fail|^the deferred function literal can fail`
		return c.dial("unlock")
	}()
	return nil
}

func badDeferredInLoop(links map[string]string) {
	for from, to := range links {
		defer os.Symlink(to, from) // want `^the deferred os.Symlink can fail`
	}
}

func badDeferredRename(path string) (err error) {
	defer os.Rename(path+".tmp", path) // want `^the deferred os.Rename can fail`
	return os.WriteFile(path+".tmp", nil, 0o600)
}

// openshift: the end is written by the same call as the beginning.
func badDeferredOnceMore(c *cluster) error {
	if err := c.dial("work"); err != nil {
		return err
	}
	defer c.dial("work") // want `^strict: the deferred c.dial can fail`
	return nil
}

func okDeferredOnceMore(c *cluster) (err error) {
	if err := c.dial("work"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.dial("work")) }()
	return nil
}

func okDeferredOnceMoreLogged(c *cluster) error {
	if err := c.dial("work"); err != nil {
		return err
	}
	defer func() {
		if err := c.dial("work"); err != nil {
			log.Print(err)
		}
	}()
	return nil
}

func okDeferredOnceMoreReason(c *cluster) error {
	if err := c.dial("work"); err != nil {
		return err
	}
	defer c.dial("work") // the log ends somewhere // want `^silenced\(comment\)`
	return nil
}

func badDeferredOther(c *cluster) error {
	if err := c.dial("work"); err != nil {
		return err
	}
	defer c.dial("rest") // want `^the deferred c.dial can fail`
	return nil
}

func okDeferredOtherReason(c *cluster) error {
	if err := c.dial("work"); err != nil {
		return err
	}
	defer c.dial("rest") // the log ends somewhere // want `^silenced\(comment\)`
	return nil
}

func okDeferredTaken(ctx context.Context, c *cluster) (err error) {
	defer func() {
		if leaveErr := c.leave(ctx); err == nil {
			err = leaveErr
		}
	}()
	return c.dial("work")
}

func okDeferredLogged(ctx context.Context, c *cluster, logf func(string, ...any)) error {
	defer func() {
		if err := c.leave(ctx); err != nil {
			logf("leaving: %v", err)
		}
	}()
	return c.dial("work")
}

func okDeferredHelper(ctx context.Context, c *cluster) (err error) {
	defer keepFirst(&err, func() error { return c.leave(ctx) })
	return c.dial("work")
}

func keepFirst(err *error, f func() error) {
	if e := f(); e != nil && *err == nil {
		*err = e
	}
}

func okDeferredUnlock(mu *sync.RWMutex) {
	mu.RLock()
	defer mu.RUnlock()
}

func okDeferredCancel(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	<-ctx.Done()
	return ctx.Err()
}

func okDeferredProfile(f *os.File) error {
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return nil
}

func okDeferredRemove(f *os.File) {
	defer os.Remove(f.Name())
}

func okDeferredServerClose(srv *http.Server) error {
	defer srv.Close()
	return srv.ListenAndServe()
}

func okDeferredInfallible(c *counter) {
	defer c.done()
}

type counter struct{ n int }

func (c *counter) done() error {
	c.n--
	return nil
}
