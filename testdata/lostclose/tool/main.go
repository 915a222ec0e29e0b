// The command tool writes files for the one who runs it.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
)

func main() {
	flag.Parse()
	if err := errors.Join(badReport(flag.Arg(0), flag.Args()), badReplace(flag.Arg(1), flag.Args())); err != nil {
		log.Fatal(err)
	}
}

func badReport(name string, rows []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	for _, row := range rows {
		fmt.Fprintln(f, row)
	}
	return nil
}

// Who runs it sees that the file is empty.
func badEmpty(name string, v any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	return json.NewEncoder(bufio.NewWriter(f)).Encode(v)
}

func okFilled(name string, v any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	return errors.Join(json.NewEncoder(w).Encode(v), w.Flush(), f.Close())
}

func okShown(v any) error { return json.NewEncoder(os.Stdout).Encode(v) }

// What it replaces is gone.
func badReplace(name string, v any) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		return errors.Join(err, f.Close())
	}
	f.Close() // want `^nobody takes the error of f.Close`
	return os.Rename(f.Name(), name)
}

// containerd: under another name, too.
func badReplaceOut(name string, inPlace bool, r io.Reader) error {
	out := os.Stdout
	if inPlace {
		f, err := os.Create(name + ".tmp")
		if err != nil {
			return err
		}
		out = f
	}
	if _, err := io.Copy(out, r); err != nil {
		return err
	}
	if inPlace {
		out.Close() // want `^nobody takes the error of out.Close`
		return os.Rename(name+".tmp", name)
	}
	return nil
}

func okReplaceOut(name string, inPlace bool, r io.Reader) error {
	out := os.Stdout
	if inPlace {
		f, err := os.Create(name + ".tmp")
		if err != nil {
			return err
		}
		out = f
	}
	if _, err := io.Copy(out, r); err != nil {
		return err
	}
	if !inPlace {
		return nil
	}
	if err := out.Close(); err != nil {
		return err
	}
	return os.Rename(name+".tmp", name)
}

func okReplaceWhole(name string, data []byte) error {
	if err := os.WriteFile(name+".tmp", data, 0o600); err != nil {
		return err
	}
	return os.Rename(name+".tmp", name)
}

// The trailer is still to be written.
func badPack(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	if _, err := gz.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

func okReport(name string, rows []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := fmt.Fprintln(f, row); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

func okFatal(name string, v any) {
	f, err := os.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

func okReplace(name string, v any) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new")
	if err != nil {
		return err
	}
	if err := errors.Join(json.NewEncoder(f).Encode(v), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), name)
}

func okPack(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	_, err = gz.Write(data)
	return errors.Join(err, gz.Close(), f.Close())
}

func okRead(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func okAppend(name, line string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Close())
}
