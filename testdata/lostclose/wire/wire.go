// Package wire holds clients whose Close ends a connection and does no more, and one that closes a file beside it.
package wire

import (
	"io"
	"net"
	"os"
)

type Client struct{ rwc io.ReadWriteCloser }

func Dial(addr string) (*Client, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &Client{rwc: c}, nil
}

func (c *Client) Write(b []byte) (int, error) { return c.rwc.Write(b) }

func (c *Client) Close() error { return c.rwc.Close() }

func (c *Client) WriteStatus() error {
	_, err := c.rwc.Write([]byte("status"))
	return err
}

type Recorder struct {
	conn net.Conn
	tape io.WriteCloser
}

func Record(addr, name string) (*Recorder, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &Recorder{c, f}, nil
}

func (r *Recorder) WriteStatus() error {
	if _, err := r.tape.Write([]byte("status")); err != nil {
		return err
	}
	_, err := r.conn.Write([]byte("status"))
	return err
}

func (r *Recorder) Close() error {
	if err := r.tape.Close(); err != nil {
		return err
	}
	return r.conn.Close()
}
