package known

import (
	"embed"
	"fmt"
	"path"
	"sync"
)

// generatedFile holds the facts inferred over the standard library by
// ./gen; every other file is written by hand and wins.
const generatedFile = "std.txt"

//go:embed tables/*.txt
var files embed.FS

type tables struct{ hand, generated *Table }

// builtinTables opens the embedded tables, once a process.
var builtinTables = sync.OnceValues(func() (tables, error) {
	t := tables{hand: new(Table), generated: new(Table)}
	entries, err := files.ReadDir("tables")
	if err != nil {
		return t, fmt.Errorf("list: %w", err)
	}
	for _, entry := range entries {
		text, err := files.ReadFile(path.Join("tables", entry.Name()))
		if err != nil {
			return t, fmt.Errorf("read: %w", err)
		}
		into := t.hand
		if entry.Name() == generatedFile {
			into = t.generated
		}
		into.shelve(entry.Name(), string(text))
	}
	return t, nil
})
