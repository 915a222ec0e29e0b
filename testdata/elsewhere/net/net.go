// Package net is of another project that reaches for the network.
package net

import "net"

func Announce(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte("here"))
	return err
}

func Leave(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte("gone"))
	return err
}
