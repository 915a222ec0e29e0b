// Command main drops errors in a program that ends, whose user sees what it did.
package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	if err := ask("http://localhost"); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	badMain()
}

func badMain() {
	ask("http://localhost")                 // want `^strict: ask can fail`
	os.WriteFile("result", nil, 0o600)      // want `^os.WriteFile can fail`
	http.ListenAndServe("localhost:0", nil) // want `^http.ListenAndServe can fail`
}

func ask(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
