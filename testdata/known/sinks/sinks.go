// Package sinks closes writers: where what went through them ended up is what
// known has to say.
package sinks

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

func closed(...any) {}

func files(name string) {
	f, _ := os.Create(name)
	closed(f) // want "^file$"
	gz := gzip.NewWriter(f)
	closed(gz) // want "^file$"
	out := bufio.NewWriter(gz)
	closed(out) // want "^file$"
}

func memory() {
	var b bytes.Buffer
	closed(&b)                                  // want "^memory$"
	closed(new(strings.Builder))                // want "^memory$"
	closed(gzip.NewWriter(&b))                  // want "^memory$"
	closed(bufio.NewWriter(&b))                 // want "^memory$"
	closed(hex.Dumper(&b))                      // want "^memory$"
	closed(sha256.New())                        // want "^memory$"
	closed(io.Discard)                          // want "^memory$"
	closed(bufio.NewWriterSize(io.Discard, 16)) // want "^memory$"
}

// A command hands its output about.
type command struct{}

func (command) OutOrStdout() io.Writer { return nil }
func (command) Out() io.Writer         { return nil }

func terminals(c command) {
	closed(os.Stdout)                                     // want "^terminal$"
	closed(bufio.NewWriter(os.Stderr))                    // want "^terminal$"
	closed(tabwriter.NewWriter(c.Out(), 0, 8, 1, ' ', 0)) // want "^terminal$"
	closed(c.OutOrStdout())                               // want "^terminal$"
}

func peers(w http.ResponseWriter, conn net.Conn, rw *bufio.ReadWriter, cmd *exec.Cmd) {
	closed(w)                     // want "^peer$"
	closed(gzip.NewWriter(w))     // want "^peer$"
	closed(conn)                  // want "^peer$"
	closed(bufio.NewWriter(conn)) // want "^peer$"
	closed(rw)                    // want "^peer$"
	in, _ := cmd.StdinPipe()
	closed(in) // want "^peer$"
	r, pw, _ := os.Pipe()
	closed(pw)                   // want "^peer$"
	closed(os.NewFile(3, "fd3")) // want "^peer$"
	_ = r
}

// A sealer over memory can fail for a reason of its own.
func seal(w io.Writer) (io.WriteCloser, error) { return nil, nil }

type journal struct{ out io.WriteCloser }

func others(w io.Writer, j *journal) {
	closed(w)                 // want "^some$"
	closed(gzip.NewWriter(w)) // want "^some$"
	closed(j.out)             // want "^some$"
	s, _ := seal(new(bytes.Buffer))
	closed(s) // want "^some$"
	t, _ := seal(os.Stdout)
	closed(t) // want "^terminal$"
}

// A writer in a field is over memory until it is told to work on something else.
type packer struct{ gz, through, reset, either *gzip.Writer }

func newPacker(w io.Writer) *packer {
	gz := gzip.NewWriter(new(bytes.Buffer))
	p := &packer{gz: gzip.NewWriter(new(bytes.Buffer)), through: gz, reset: gzip.NewWriter(io.Discard)}
	p.either = gzip.NewWriter(io.Discard)
	p.either = gzip.NewWriter(w)
	return p
}

func packers(p *packer, w io.Writer) {
	closed(p.gz)      // want "^memory$"
	closed(p.through) // want "^memory$"
	p.reset.Reset(w)
	closed(p.reset)  // want "^some$"
	closed(p.either) // want "^some$"
}

// An answer has the methods of an http.ResponseWriter.
type answer struct{ buf *bufio.Writer }

func (a *answer) Header() http.Header         { return nil }
func (a *answer) Write(b []byte) (int, error) { return a.buf.Write(b) }
func (a *answer) WriteHeader(status int)      {}

// An archive begins an entry by a method of that name.
type archive struct{ buf *bufio.Writer }

func (a *archive) Write(b []byte) (int, error) { return a.buf.Write(b) }
func (a *archive) WriteHeader(name string)     {}

func answers(a *answer, t *archive) {
	closed(a) // want "^peer$"
	closed(t) // want "^some$"
}

func durable(name string, pid int) {
	os.OpenFile(name, os.O_WRONLY|os.O_SYNC, 0) // want "^durable$"
	os.OpenFile(name, os.O_WRONLY, 0)
	os.OpenFile(fmt.Sprintf("/proc/%d/oom_score_adj", pid), os.O_WRONLY, 0) // want "^durable$"
	os.OpenFile(filepath.Join("/sys/fs/cgroup", name), os.O_WRONLY, 0)      // want "^durable$"
	os.OpenFile(filepath.Join("/system", name), os.O_WRONLY, 0)
	os.Create("/proc/self/comm")          // want "^durable$"
	os.OpenFile("/dev/tty", os.O_RDWR, 0) // want "^durable$"
	os.OpenFile("/devices/tty", os.O_RDWR, 0)
	os.Open("/proc/self/comm")
}
