// Package light holds errors that many let go, which are for the strict tier, beside those that are nobody's to let go.
package light

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime/pprof"

	"example.org/elsewhere/net"
)

type resolver interface {
	Reload() error
	Store(ctx context.Context, name string) error
}

type onDisk struct{ dir string }

func (d *onDisk) Reload() error { return os.WriteFile(d.dir+"/stamp", nil, 0o600) }

func (d *onDisk) Store(ctx context.Context, name string) error {
	return os.WriteFile(d.dir+"/"+name, nil, 0o600)
}

// What was read is looked at; lines and profiles are for whoever looks at them; what a copy reads from is no place that
// it writes to; of a method behind an interface nobody here knows what it does; nothing in this package says that the
// error of another project's function matters; and a deferred closure cleans up.
func badLight(f *os.File, w io.Writer, r resolver, addr string) (answer string, err error) {
	var magic [4]byte
	f.ReadAt(magic[:], 0)          // want `^strict: f.ReadAt can fail`
	f.Seek(0, io.SeekStart)        // want `^strict: f.Seek can fail`
	fmt.Fscanln(os.Stdin, &answer) // want `^strict: fmt.Fscanln can fail`

	fmt.Fprintln(w, "started") // want `^strict: fmt.Fprintln can fail`
	pprof.WriteHeapProfile(f)  // want `^strict: pprof.WriteHeapProfile can fail`

	io.Copy(w, f) // want `^strict: io.Copy can fail`

	r.Reload() // want `^strict: r.Reload can fail`

	net.Leave(addr) // want `^strict: net.Leave can fail`

	defer func() {
		ask(addr) // want `^strict: ask can fail`
	}()
	return answer, net.Announce(addr)
}

func badHeavy(ctx context.Context, f *os.File, r io.Reader, d *onDisk, s resolver, addr string) error {
	fmt.Fprintln(f, addr) // want `^fmt.Fprintln can fail`
	f.Truncate(0)         // want `^f.Truncate can fail`
	f.Write([]byte{1})    // want `^f.Write can fail`
	io.Copy(f, r)         // want `^io.Copy can fail`
	d.Reload()            // want `^d.Reload can fail`
	s.Store(ctx, "a")     // want `^s.Store can fail`
	net.Announce(addr)    // want `^net.Announce can fail`
	defer func() {
		os.Rename(d.dir, "b") // want `^os.Rename can fail`
	}()
	return ask(addr)
}

// In the head of an if it is a mistake, whatever it is that fails.
func badHead(r resolver, err error) error {
	if r.Reload(); err != nil { // want `^r.Reload can fail`
		return err
	}
	return nil
}

func okHead(r resolver) error {
	if err := r.Reload(); err != nil {
		return err
	}
	return nil
}

func okHeadJoined(r resolver, err error) error {
	if reloaded := r.Reload(); reloaded != nil || err != nil {
		return errors.Join(err, reloaded)
	}
	return nil
}

// A server works until something ends it, and tells what.
func badServes(h http.Handler) {
	go func() {
		http.ListenAndServe(":8080", h) // want `^http.ListenAndServe can fail`
	}()
	log.Print("ready")
}

func ask(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func okRead(f *os.File) error {
	var magic [4]byte
	if _, err := f.ReadAt(magic[:], 0); err != nil {
		return err
	}
	_, err := f.Seek(0, io.SeekStart)
	return err
}

func okCopy(f *os.File, r io.Reader) error {
	_, err := io.Copy(f, r)
	return err
}

func okServes(h http.Handler, errs chan<- error) {
	go func() { errs <- http.ListenAndServe(":8080", h) }()
}

func okReload(r resolver) error { return r.Reload() }

func okAnnounced(addr string) {
	if err := net.Announce(addr); err != nil {
		log.Print(err)
	}
}

func okCleanUp(d *onDisk) (err error) {
	defer func() {
		if moveErr := os.Rename(d.dir, "b"); err == nil {
			err = moveErr
		}
	}()
	return d.Reload()
}
