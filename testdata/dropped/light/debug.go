package light

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"os"
)

// tailscale: what a debugging command shows is seen, or not.
func badShowsAnswer(res *http.Response) error {
	defer res.Body.Close()
	res.Write(Stdout) // want `^strict: res.Write can fail, and nobody takes its error`
	return nil
}

// What it asks for is another matter.
func badServesToDebug(h http.Handler) error {
	http.ListenAndServe("localhost:0", h) // want `^http.ListenAndServe can fail, and nobody takes its error`
	return nil
}

func okShowsAnswer(res *http.Response) error { return res.Write(Stdout) }

func okShowsInMemory(res *http.Response) (string, error) {
	var b bytes.Buffer
	if err := res.Write(&b); err != nil {
		return "", err
	}
	return b.String(), nil
}

func okShowsLogged(res *http.Response) {
	if err := res.Write(Stdout); err != nil {
		log.Print(err)
	}
}

func okServesToDebug(h http.Handler) error { return http.ListenAndServe("localhost:0", h) }

// Stdout is where commands print.
var Stdout io.Writer = os.Stdout
