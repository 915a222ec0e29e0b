package overwritten

import (
	"log"
	"os"

	"github.com/stretchr/testify/require"
)

// Questions whose answers are looked at by helpers of tests.

type wrongKind struct{}

func (wrongKind) Error() string { return "wrong kind" }

// temporal
func okKindAsserted(r *require.Assertions, name string) {
	err := os.Remove(name)
	_, ok := err.(wrongKind)
	r.Equal(true, ok)
	err = os.Remove(name)
	r.Nil(err)
}

func okKindLogged(r *require.Assertions, name string) {
	err := os.Remove(name)
	_, ok := err.(wrongKind)
	log.Print(name, " of the wrong kind: ", ok)
	err = os.Remove(name)
	r.Nil(err)
}

func badKindUnasked(r *require.Assertions, name string) {
	err := os.Remove(name) // want `^strict: the error of os.Remove is overwritten on line \d+ before anyone looked at it`
	_, ok := any(name).(wrongKind)
	r.Equal(true, ok)
	err = os.Remove(name)
	r.Nil(err)
}
