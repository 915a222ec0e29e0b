package earlyuse

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A walk hands in nil where it cannot have what it came for.

// lxd, kubevirt: a file that is gone by now ends the program.
func badVisit(root string) error {
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if info.IsDir() { // want `^info, which may be nil beside err, is used before that error is looked at$`
			return nil
		}
		if err != nil {
			return err
		}
		return os.Remove(path)
	})
}

func badVisitNever(root string) (size int64, err error) {
	err = filepath.Walk(root, func(path string, info fs.FileInfo, err error) error {
		size += info.Size() // want `^info, which may be nil beside err`
		return nil
	})
	return size, err
}

func badVisitEntry(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if d.IsDir() { // want `^strict: d, which may be nil beside err`
			return nil
		}
		return err
	})
}

func okVisit(root string) error {
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		if info.IsDir() {
			return nil
		}
		return os.Remove(path)
	})
}

func okVisitBoth(root string) error {
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		return os.Remove(path)
	})
}

func okVisitAsksForNil(root string) error {
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if info != nil && info.IsDir() {
			return nil
		}
		if err != nil {
			return err
		}
		return os.Remove(path)
	})
}

func okVisitPathOnly(root string) error {
	return filepath.Walk(root, func(path string, _ os.FileInfo, err error) error {
		fmt.Println(path)
		return err
	})
}

func okVisitHandsOn(root string, visit filepath.WalkFunc) error {
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		return visit(path, info, err)
	})
}

func okVisitByKind(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if d.IsDir() {
			return nil
		}
		return os.Remove(path)
	})
}
