package unit

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// printVersion answers -V=full. The go command keys the results it caches by the last field, the content of this
// program, and by the flags. So whatever else changes findings has to travel in flags; a settings file or a variable
// that the tool itself read would leave stale results behind.
//
// The first field is not the program's path: the go command splits the line at blanks, which a path may hold.
func printVersion(w io.Writer) error {
	name, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's file: %w", err)
	}
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("reading this program's file: %w", err)
	}
	defer f.Close() // it was only read
	h := sha256.New()
	io.WriteString(h, vetxMagic) // a program may be a tool of another protocol, too, with files of another format
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("reading this program's file: %w", err)
	}
	_, err = fmt.Fprintf(w, "errvet version devel buildID=%x\n", h.Sum(nil))
	return err
}
