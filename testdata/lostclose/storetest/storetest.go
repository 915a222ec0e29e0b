// Package storetest helps the tests of other packages: what it loses, they notice.
package storetest

import "os"

func BadFill(name string) {
	f, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	defer f.Close() // want `strict: nobody takes the error of the deferred f.Close`
	f.WriteString("orders")
}

func OkFill(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("orders"); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func OkRead(name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	b := make([]byte, 10)
	n, err := f.Read(b)
	if err != nil {
		panic(err)
	}
	return b[:n]
}
