// Package source reads the files that findings are in, once each.
package source

import (
	"bytes"
	"os"
	"strings"
	"unicode/utf16"
)

// Files keeps the content of files. It is not safe for concurrent use. The zero value is ready.
type Files struct {
	content map[string][]byte
	lines   map[string][]string
}

// Content returns what a file holds, or nothing if it cannot be read: findings behind //line directives name files
// that need not exist, and every user of this package can do without.
func (f *Files) Content(name string) []byte {
	data, ok := f.content[name]
	if !ok {
		if f.content == nil {
			f.content, f.lines = make(map[string][]byte), make(map[string][]string)
		}
		data, _ = os.ReadFile(name) // see above
		f.content[name] = data
	}
	return data
}

// Line returns a line of a file, counted from 1, without its end.
func (f *Files) Line(name string, n int) (string, bool) {
	data := f.Content(name)
	lines, ok := f.lines[name]
	if !ok && data != nil {
		lines = strings.Split(string(data), "\n")
		f.lines[name] = lines
	}
	if n < 1 || n > len(lines) {
		return "", false
	}
	return strings.TrimSuffix(lines[n-1], "\r"), true
}

// Column16 turns a column in bytes into one in UTF-16 code units, both from 1.
func (f *Files) Column16(name string, line, col int) int {
	text, ok := f.Line(name, line)
	if !ok || col < 1 {
		return col
	}
	return Units16(text[:min(col-1, len(text))]) + 1
}

// Place returns line and column, in UTF-16 code units from 1, of an offset in bytes.
func (f *Files) Place(name string, offset int) (line, col int) {
	data := f.Content(name)
	before := data[:min(max(offset, 0), len(data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, Units16(string(before[start:])) + 1
}

// Units16 counts the UTF-16 code units of a text.
func Units16(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
