// Package uuid stands in for the module of that name.
package uuid

import (
	"crypto/rand"
	"fmt"
	"io"
)

const size = 16

func GenerateRandomBytes(size int) ([]byte, error) {
	return GenerateRandomBytesWithReader(size, rand.Reader)
}

func GenerateRandomBytesWithReader(size int, reader io.Reader) ([]byte, error) {
	if reader == nil {
		return nil, fmt.Errorf("no reader")
	}
	b := make([]byte, size)
	_, err := io.ReadFull(reader, b)
	return b, err
}

func GenerateUUID() (string, error) { return GenerateUUIDWithReader(rand.Reader) }

func GenerateUUIDWithReader(reader io.Reader) (string, error) {
	b, err := GenerateRandomBytesWithReader(size, reader)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", b), nil
}
