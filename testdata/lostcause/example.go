package lostcause

// The examples of the documentation.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

func load(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, errors.New("cannot load the orders") // want `the error of os\.ReadFile \(line \d+\) is replaced by one that holds neither its text nor its chain`
	}
	return b, nil
}

func read(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %v", path, err) // want `the new error does not hold that of os\.ReadFile \(line \d+\), which is asked for by its kind on line \d+`
	}
	return b, nil
}

func orDefault(path string) ([]byte, error) {
	b, err := read(path)
	if errors.Is(err, os.ErrNotExist) {
		return []byte("{}"), nil
	}
	return b, err
}

func wait(parent context.Context, ready <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return errors.New("not ready in time") // want `^the context ended, and the new error does not hold its reason`
	}
}

func loadWrapped(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("loading the orders: %w", err)
	}
	return b, nil
}

func loadBoth(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: loading the orders: %w", errStorage, err)
	}
	return b, nil
}

func waitCause(ctx context.Context, ready <-chan struct{}) error {
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("not ready in time: %w", context.Cause(ctx))
	}
}
