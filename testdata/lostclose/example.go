package lostclose

import (
	"compress/gzip"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
)

// The examples of the documentation.

func badReplaceState(name string, state []byte) error {
	f, err := os.Create(name + ".new")
	if err != nil {
		return err
	}
	if _, err := f.Write(state); err != nil {
		return errors.Join(err, f.Close())
	}
	f.Close() // want `^nobody takes the error of f.Close`
	return os.Rename(name+".new", name)
}

func badSaveState(name string, state []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want `^strict: nobody takes the error of the deferred f.Close`
	_, err = f.Write(state)
	return err
}

func badPack(f *os.File, state []byte) error {
	gz := gzip.NewWriter(f)
	defer gz.Close() // want `^nobody takes the error of the deferred gz.Close`
	if _, err := gz.Write(state); err != nil {
		return err
	}
	return f.Close()
}

func badRelease(tx *sql.Tx, id int) error {
	if _, err := tx.Exec("DELETE FROM leases WHERE id = ?", id); err != nil {
		return err
	}
	tx.Commit() // want `^nobody takes the error of tx.Commit`
	return nil
}

func badExport(w io.Writer, row []string) error {
	out := csv.NewWriter(w)
	if err := out.Write(row); err != nil {
		return err
	}
	out.Flush() // want `^nobody asks for the error that out.Flush leaves behind`
	return nil
}

func badAbandon(f *os.File, cause error) error {
	_ = f.Close // want `^f.Close is named here, but not called`
	return cause
}

func okSaveState(name string, state []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(state); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("save %s: %w", name, err)
	}
	return nil
}

func okSaveJoined(name string, state []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(state)
	return err
}
