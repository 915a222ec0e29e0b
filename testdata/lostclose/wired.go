package lostclose

import (
	"io"
	"net"

	"errvet.test/testdata/lostclose/wire"
)

// What goes to another machine, by types of one's own or of another package.

// telegraf: it does nothing but close a socket.
type socket struct{ conn net.Conn }

func (s *socket) connect(path string) (err error) {
	s.conn, err = net.Dial("unix", path)
	return err
}

func (s *socket) write(c byte) error {
	_, err := s.conn.Write([]byte{c, 0})
	return err
}

func (s *socket) close() error {
	if s.conn == nil {
		return nil
	}
	err := s.conn.Close()
	s.conn = nil
	return err
}

func (s *socket) okCommand(path string, c byte) error {
	if err := s.connect(path); err != nil {
		return err
	}
	defer s.close()
	return s.write(c)
}

type tube struct{ c *net.TCPConn }

func (t *tube) Write(b []byte) (int, error) { return t.c.Write(b) }
func (t *tube) Close() error                { return t.c.Close() }

func okTube(t *tube, text string) error {
	defer t.Close()
	_, err := io.WriteString(t, text)
	return err
}

func okWired(addr string) error {
	c, err := wire.Dial(addr)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.WriteStatus()
}

func okWiredFilled(addr string, from io.Reader) error {
	c, err := wire.Dial(addr)
	if err != nil {
		return err
	}
	_, err = io.Copy(c, from)
	c.Close()
	return err
}

// The tape is a file beside the connection.
func badRecorder(addr, name string) error {
	r, err := wire.Record(addr, name)
	if err != nil {
		return err
	}
	defer r.Close() // want `^nobody takes the error of the deferred r.Close: what was written on line \d+ may not be stored`
	return r.WriteStatus()
}

// What is under it, nobody knows.
type drain struct{ out io.WriteCloser }

func (d *drain) write(c byte) error {
	_, err := d.out.Write([]byte{c, 0})
	return err
}

func (d *drain) close() error { return d.out.Close() }

func (d *drain) badCommand(c byte) error {
	defer d.close() // want `^nobody takes the error of the deferred d.close: what was written on line \d+ may not be stored`
	return d.write(c)
}
