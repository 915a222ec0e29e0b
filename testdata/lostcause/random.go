package lostcause

import (
	"errors"
	"fmt"
	"io"

	"github.com/hashicorp/go-uuid"
)

// What is made of randomness cannot fail: the program ends where there is none.

func badIDFrom(r io.Reader) (string, error) {
	id, err := uuid.GenerateUUIDWithReader(r)
	if err != nil {
		return "", errors.New("no identifier") // want `^the error of uuid.GenerateUUIDWithReader \(line \d+\) is replaced by one that holds neither its text nor its chain`
	}
	return id, nil
}

// openbao
func okID() (string, error) {
	id, err := uuid.GenerateUUID()
	if err != nil {
		return "", errors.New("no identifier")
	}
	return id, nil
}

type space struct{ suffix string }

func (s space) id() (string, error) {
	id, err := uuid.GenerateUUID()
	if err != nil {
		return "", err
	}
	return id + "." + s.suffix, nil
}

// openbao
func okIDOfSpace(s space) (string, error) {
	id, err := s.id()
	if err != nil {
		return "", errors.New("no identifier")
	}
	return id, nil
}

func okBytes() ([]byte, error) {
	b, err := uuid.GenerateRandomBytes(8)
	if err != nil {
		return nil, errors.New("no bytes")
	}
	return b, nil
}

func okIDFrom(r io.Reader) (string, error) {
	id, err := uuid.GenerateUUIDWithReader(r)
	if err != nil {
		return "", fmt.Errorf("no identifier: %w", err)
	}
	return id, nil
}
