package main

import (
	"log"
	"os"
)

// Where the file ends the program by log.Fatal, an error that is not the last thing is logged by its quiet twin.
func export(name string, data []byte) {
	f, err := os.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		log.Fatalf("writing: %v", err)
	}
	if err := os.Rename(name, "current"); err != nil {
		log.Fatal(err)
	}
}

func init() {
	os.Truncate("ends", 0)
}
