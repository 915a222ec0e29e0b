package wrongerr

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
)

// The examples of the documentation.

type answer struct {
	host string
	err  error
}

type config struct{ retries int }

type node interface {
	Ask() ([]answer, error)
	Verify() error
	Check() error
}

func collect(n node) error {
	answers, err := n.Ask()
	if err != nil {
		return err
	}
	for _, a := range answers {
		if a.err != nil {
			return fmt.Errorf("asking %s: %w", a.host, err) // want `^err is nil where it is wrapped: the error at hand is a.err`
		}
	}
	return nil
}

func decode(data []byte) (*config, error) {
	var c config
	_, err := os.Stat("defaults.json")
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(data, &c) != nil {
		return nil, err // want `^json.Unmarshal failed \(line \d+\), yet err, which is nil here, is returned`
	}
	return &c, nil
}

func connect(dial func() (int, error)) (conn int, err error) {
	for range 3 {
		n, e := dial()
		if e == nil {
			conn = n
			break
		}
		err = e
	}
	return conn, err // want `^err still holds the error of an earlier turn here, though dial \(line \d+\) has succeeded since: success is told as failure`
}

func single(n node) error {
	answers, err := n.Ask()
	if err != nil {
		return err
	}
	if len(answers) != 1 {
		return fmt.Errorf("%d answers: %w", len(answers), err) // want `^err is nil where it is wrapped: the new error has no cause`
	}
	return nil
}

func check(n node) error {
	err := n.Check()
	return fmt.Errorf("checking: %w", err) // want `^err is wrapped and returned without a test: success becomes a failure too`
}

func both(n node) error {
	err := n.Verify()
	if err != nil {
		return err
	}
	checkErr := n.Check()
	if err != nil { // want `^err is nil whenever it is tested here: the error of n.Check is not looked at`
		return checkErr
	}
	return nil
}

func retries(text string) (c config) {
	if n, err := strconv.Atoi(text); err != nil { // want `^the test of err is the wrong way round`
		c.retries = n
	}
	return c
}

func verify(n node) error {
	var err error
	defer func() {
		if err != nil { // want `^err, by which this deferred closure tells failure from success, never holds the error returned on line \d+`
			log.Print("verification failed: ", err)
		}
	}()
	if err = n.Check(); err != nil {
		return err
	}
	return n.Verify()
}

func absent(err error) bool {
	return errors.Is(os.ErrNotExist, err) // want `^the arguments of errors.Is are swapped: the error comes first, then os.ErrNotExist`
}

func collectRight(n node) error {
	answers, err := n.Ask()
	if err != nil {
		return err
	}
	for _, a := range answers {
		if a.err != nil {
			return fmt.Errorf("asking %s: %w", a.host, a.err)
		}
	}
	return nil
}
