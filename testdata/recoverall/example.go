package recoverall

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"runtime"
	"runtime/debug"
)

// The examples of the documentation.

type job struct{}

func (job) run() {}

type config struct{}

func parse(string) (config, error) { return config{}, nil }

func worker(jobs <-chan job) {
	for j := range jobs {
		func() {
			defer func() {
				recover() // want `takes every panic of the function literal and throws it away`
			}()
			j.run()
		}()
	}
}

func serve(j job) {
	defer func() {
		if r := recover(); r != nil { // want `is logged without its stack`
			log.Printf("job failed: %v", r)
		}
	}()
	j.run()
}

func handle(name string, j job) {
	defer func() {
		if r := recover(); r != nil { // want `what is told of the panic of handle does not hold its value`
			log.Printf("recovered from a panic in %s", name)
		}
	}()
	j.run()
}

func load(path string) (c config, err error) {
	defer func() {
		if r := recover(); r != nil { // want `becomes an ordinary error without a stack`
			err = fmt.Errorf("loading %s: %v", path, r)
		}
	}()
	c, err = parse(path)
	if err != nil {
		return c, fmt.Errorf("parsing %s: %w", path, err)
	}
	return c, nil
}

func loadAll(path string) error {
	var err error
	defer func() {
		if r := recover(); r != nil { // want `is put into err, and is lost`
			err = fmt.Errorf("loading %s: %v", path, r)
		}
	}()
	_, err = parse(path)
	return err
}

func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `takes http.ErrAbortHandler too`
				log.Printf("panic: %v\n%s", v, debug.Stack())
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func run(j job) {
	defer recover() // want `it is deferred itself`
	j.run()
}

// The code that is right.

func workerRight(jobs <-chan job) {
	for j := range jobs {
		func() {
			defer func() {
				if r := recover(); r != nil {
					log.Printf("job failed: %v\n%s", r, debug.Stack())
				}
			}()
			j.run()
		}()
	}
}

func loadRight(path string) (c config, err error) {
	defer func() {
		r := recover()
		if _, bug := r.(runtime.Error); bug {
			panic(r)
		}
		if e, ok := r.(error); ok {
			err = e
		}
	}()
	c, err = parse(path)
	if err != nil {
		panic(errors.New("parsing failed"))
	}
	return c, nil
}

func recoveringRight(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			log.Printf("panic: %v\n%s", v, debug.Stack())
			w.WriteHeader(http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}
