// Command ends drops errors where the program begins and ends: fixes end it as it ends elsewhere.
package main

import (
	"net"
	"net/http"
	"os"
)

func init() {
	os.Rename("ends.new", "ends")
}

func main() {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		panic(err)
	}
	register("first")
	server := http.Server{Handler: http.NotFoundHandler()}
	server.Serve(l)
}
