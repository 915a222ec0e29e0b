package detached

import (
	"context"
	"errors"
	"log"
	"os"

	"github.com/sourcegraph/conc/pool"
	"golang.org/x/sync/errgroup"
)

func badNoWait(names []string) {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return workOn(name) }) // want `^nobody waits for g, which alone would give the error of what is started here$`
	}
}

func badWaitDropped(names []string) {
	g, ctx := errgroup.WithContext(context.Background())
	for _, name := range names {
		g.Go(func() error { use(ctx); return workOn(name) })
	}
	g.Wait() // want `^the error that g.Wait gives is that of all it waited for, and nobody takes it$`
}

func badWaitDeferred(names []string) error {
	var g errgroup.Group
	defer g.Wait() // want `^the error that g.Wait gives`
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	return nil
}

func badWaitBlank(names []string) {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	_ = g.Wait() // want `^strict: the error that g.Wait gives`
}

func badAnswersNil(names []string) error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error {
			data, err := load(name)
			if err != nil {
				return nil // want `^load failed \(line \d+\), yet the group that runs this closure is told that all went well$`
			}
			use(data)
			return nil
		})
	}
	return g.Wait()
}

func badPoolAnswersNil(p *pool.ErrorPool) error {
	p.Go(func() error {
		if err := work(); err != nil {
			return nil // want `^work failed \(line \d+\), yet the group`
		}
		return nil
	})
	return p.Wait()
}

func badSharedInGroup(names []string) error {
	var g errgroup.Group
	var err error
	for _, name := range names {
		g.Go(func() error {
			_, err = load(name) // want `^several goroutines assign err`
			return err
		})
	}
	return g.Wait()
}

func okWait(names []string) error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	return g.Wait()
}

func okWaitLogged(names []string) {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	if err := g.Wait(); err != nil {
		log.Print(err)
	}
}

func okWaitDeferredTaken(names []string) (err error) {
	var g errgroup.Group
	defer func() { err = errors.Join(err, g.Wait()) }()
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	return nil
}

// The group only limits how many run at a time.
func okNeverFails(names []string) {
	var g errgroup.Group
	g.SetLimit(4)
	for _, name := range names {
		g.Go(func() error {
			if err := workOn(name); err != nil {
				log.Print(err)
			}
			return nil
		})
	}
	g.Wait()
}

func okNotThere(names []string) error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error {
			_, err := load(name)
			if errors.Is(err, os.ErrNotExist) {
				return nil
			}
			return err
		})
	}
	return g.Wait()
}

func okCollected(names []string) error {
	var g errgroup.Group
	errs := make([]error, len(names))
	for i, name := range names {
		g.Go(func() error {
			if err := workOn(name); err != nil {
				errs[i] = err
				return nil
			}
			return nil
		})
	}
	return errors.Join(g.Wait(), errors.Join(errs...))
}

func okGivenGroup(g *errgroup.Group, names []string) {
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
}

func okReturnedGroup(names []string) *errgroup.Group {
	g := new(errgroup.Group)
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	return g
}

type farm struct{ g errgroup.Group }

func okFieldGroup(f *farm) {
	f.g.Go(work)
}

func okWaitsInGoroutine(names []string) <-chan error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	errc := make(chan error, 1)
	go func() { errc <- g.Wait() }()
	return errc
}

func okWaitReturnedLater(names []string) func() error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error { return workOn(name) })
	}
	return g.Wait
}

func okWaitInClosure(names []string) error {
	var g errgroup.Group
	defer func() {
		if err := g.Wait(); err != nil {
			log.Print(err)
		}
	}()
	g.Go(work)
	return nil
}

func okPool(p *pool.ErrorPool, names []string) error {
	for _, name := range names {
		p.Go(func() error { return workOn(name) })
	}
	return p.Wait()
}

func okLogsAndWaits(names []string) error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error {
			if err := workOn(name); err != nil {
				log.Printf("%s: %v", name, err)
				return err
			}
			return nil
		})
	}
	return g.Wait()
}
