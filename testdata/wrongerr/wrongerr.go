// Package wrongerr holds what the rule flags (bad…) and, at least twice as
// often, what it must not (ok…).
package wrongerr

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"strings"
)

type item struct {
	Node  string
	Error error
}

type store interface {
	Load(string) (map[string]string, error)
	Close() error
}

// restic: the iterator's error is tested, the outer one returned.
func badReturnedField(items []item) (string, error) {
	var err error
	for _, it := range items {
		if it.Error != nil {
			return "", err // want `^err is nil here: the error at hand is it.Error`
		}
	}
	return "ok", err
}

// helm: cerr is tested, err returned.
func badReturnedOther(s store) error {
	m, err := s.Load("a")
	if err != nil {
		return err
	}
	_, cerr := s.Load(m["b"])
	if cerr != nil {
		return err // want `^s.Load failed \(line \d+\), yet err, which is nil here, is returned`
	}
	return nil
}

// restic: the decoder's error has no name.
func badNamelessTested(data []byte) error {
	var v map[string]string
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	log.Print(f.Name())
	if json.Unmarshal(data, &v) != nil {
		return err // want `^json.Unmarshal failed \(line \d+\), yet err, which is nil here, is returned`
	}
	return nil
}

func badTestedInstead(s store) error {
	_, err := s.Load("a")
	if err != nil {
		return err
	}
	_, err2 := s.Load("b")
	if err != nil { // want `^err is nil whenever it is tested here: the error of s.Load is not looked at`
		return err2
	}
	return nil
}

// The head of the statement calls, its condition asks an older error.
func badStaleCondition(s store, dial func(string) error) error {
	_, err := s.Load("a")
	if err != nil {
		return err
	}
	if dial("leader"); err != nil { // want `^err is nil whenever it is tested here: the error of dial is not looked at`
		return err
	}
	return nil
}

// restic: the first error is to be kept.
func badFirstKept(s store) error {
	var first error
	if err := s.Close(); err != nil {
		if first != nil { // want `^first takes another error only where it holds one already, so a first one is never kept: == nil is meant`
			first = err
		}
	}
	return first
}

// cli: errors.As asks the nil one.
func badAsksNil(s store, name string) error {
	_, err := s.Load(name)
	if err != nil {
		return err
	}
	if _, herr := s.Load("helper"); herr != nil {
		if errors.Is(err, os.ErrNotExist) { // want `^err is nil here and matches nothing`
			return nil
		}
		return herr
	}
	return nil
}

// etcd: the deferred closure asks a local that the last call's error never reaches.
func badDeferredLocal(s store) error {
	var err error
	defer func() {
		if err != nil { // want `^err, by which this deferred closure tells failure from success, never holds the error returned on line \d+`
			log.Print("verification failed: ", err)
		} else {
			log.Print("verified")
		}
	}()
	if _, err = s.Load("a"); err != nil {
		return err
	}
	return s.Close()
}

// temporal: what a panic was is filled in by another deferred call.
func okDeferredPanic(s store) (err error) {
	var crash error
	defer func() {
		if crash != nil {
			err = crash
		}
	}()
	defer catch(&crash)
	if _, err := s.Load("a"); err != nil {
		return err
	}
	return s.Close()
}

func catch(into *error) {
	if r := recover(); r != nil {
		*into = fmt.Errorf("panic: %v", r)
	}
}

func okDeferredOwn(s store) (err error) {
	defer func() {
		if err != nil {
			log.Print("verification failed: ", err)
		}
	}()
	if _, err = s.Load("a"); err != nil {
		return err
	}
	return s.Close()
}

func badTwice(s store) error {
	_, err := s.Load("a")
	if err != nil {
		return err
	}
	log.Print("loaded")
	if err != nil { // want `^strict: err is nil whenever it is tested here`
		return err
	}
	return nil
}

func okReturnedField(items []item) (string, error) {
	for _, it := range items {
		if it.Error != nil {
			return "", it.Error
		}
	}
	return "ok", nil
}

// The field's error goes elsewhere first.
func okFieldLogged(items []item) error {
	var err error
	for _, it := range items {
		if it.Error != nil {
			log.Print(it.Error)
			return err
		}
	}
	return err
}

func okReturnedBehindAssignment(items []item) error {
	var err error
	for _, it := range items {
		if it.Error != nil {
			err = it.Error
			return err
		}
	}
	return err
}

func okNamedResultSet(items []item) (err error) {
	defer func() {
		if err == nil {
			err = errors.New("unfinished")
		}
	}()
	for _, it := range items {
		if it.Error != nil {
			return err
		}
	}
	return nil
}

func okTestedRight(s store) error {
	_, err := s.Load("a")
	if err != nil {
		return err
	}
	_, err2 := s.Load("b")
	if err2 != nil {
		return err2
	}
	return nil
}

func okFirstKept(s store) error {
	var first error
	if err := s.Close(); err != nil {
		if first == nil {
			first = err
		}
	}
	return first
}

// In a loop, the second turn may find one kept.
func okLastKept(stores []store) error {
	var last error
	for _, s := range stores {
		if err := s.Close(); err != nil {
			if last != nil {
				log.Print(last)
			}
			last = err
		}
	}
	return last
}

func okAsksRight(s store, name string) error {
	_, err := s.Load(name)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	}
	return nil
}

// The tag of a switch may be nil.
func okSwitch(s store) string {
	_, err := s.Load("a")
	switch err {
	case nil:
		return "ok"
	case io.EOF:
		return "empty"
	}
	return "failed"
}

func okLoopUntilEOF(r io.Reader) (n int) {
	var err error
	buf := make([]byte, 8)
	for err != io.EOF {
		var m int
		m, err = r.Read(buf)
		if n += m; err != nil && err != io.EOF {
			break
		}
	}
	return n
}

// A writer that cannot fail.
func okCareful(b *strings.Builder) error {
	_, err := b.WriteString("x")
	if err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// The result has a name, so that the deferred closure sees every return.
func okDeferredResult(s store) (err error) {
	defer func() {
		if err != nil {
			log.Print("failed: ", err)
		}
	}()
	if _, err = s.Load("a"); err != nil {
		return err
	}
	return s.Close()
}

func okDeferredLocal(s store) error {
	var err error
	defer func() {
		if err != nil {
			log.Print("failed: ", err)
		}
	}()
	if _, err = s.Load("a"); err != nil {
		return err
	}
	err = s.Close()
	return err
}

// The closure asks nothing.
func okDeferredLogs(s store) error {
	_, err := s.Load("a")
	defer func() { log.Print("first: ", err) }()
	return s.Close()
}

// Assigned in a closure that runs on the spot.
func okAssignedInline(ctx context.Context, do func(func())) error {
	var err error
	do(func() { err = ctx.Err() })
	if err != nil {
		return err
	}
	return nil
}

func okWrapHelper(s store) error {
	_, err := s.Load("a")
	return wrap(err)
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("store: %w", err)
}

func okEitherError(s store) error {
	_, err := s.Load("a")
	cerr := s.Close()
	if err == nil {
		err = cerr
	}
	return err
}

func okNilAfterCheck(s store) (map[string]string, error) {
	m, err := s.Load("a")
	if err != nil {
		return nil, err
	}
	return m, err
}

var limit, burst = 10, 20

// argo-cd: a valid setting is ignored, an invalid one sets 0.
func badUsedOnFailure(text string) {
	if n, err := strconv.Atoi(text); err != nil { // want `^the test of err is the wrong way round: failure is taken for success here`
		limit = n
	}
}

// syncthing: both outcomes are told as success.
func badBothSucceed(data []byte) (item, error) {
	var it item
	err := json.Unmarshal(data, &it)
	if err == nil { // want `^the test of err is the wrong way round`
		return it, err
	}
	return it, nil
}

func okUsedOnSuccess(text string) {
	if n, err := strconv.Atoi(text); err == nil {
		limit = n
	}
}

// How much was read counts beside an error.
func okCountOnFailure(r io.Reader, buf []byte) {
	if n, err := r.Read(buf); err != nil {
		burst += n
	}
}

func okFallsBack(text string) {
	n, err := strconv.Atoi(text)
	if err != nil {
		n = 5
	}
	limit = n
}

func okReturnsOnSuccess(data []byte) (item, error) {
	var it item
	err := json.Unmarshal(data, &it)
	if err == nil {
		return it, err
	}
	return item{}, err
}

func okReturnsFirst(s store) (map[string]string, error) {
	m, err := s.Load("a")
	if err == nil {
		return m, nil
	}
	return s.Load("b")
}

func okPathTested(items []item) error {
	for i := range items {
		if items[i].Error != nil {
			return items[i].Error
		}
	}
	return nil
}

func okHeadDeclares(dial func(string) error) error {
	if err := dial("leader"); err != nil {
		return err
	}
	return nil
}

func okHeadAssigns(s store, dial func(string) error) error {
	_, err := s.Load("a")
	if err != nil {
		return err
	}
	if err = dial("leader"); err != nil {
		return err
	}
	return nil
}

// restic: a first error may be there by now, but the rule is the wrong way round all the same.
func badFirstKeptLater(s store, names []string) (first error) {
	for _, name := range names {
		if _, err := s.Load(name); err != nil {
			if first != nil { // want `^first takes another error only where it holds one already`
				first = err
			}
		}
	}
	if err := s.Close(); err != nil && first == nil {
		first = err
	}
	return first
}

func okFirstKeptLater(s store, names []string) (first error) {
	for _, name := range names {
		if _, err := s.Load(name); err != nil {
			if first == nil {
				first = err
			}
		}
	}
	return first
}

// The later error is the graver one, and says what came before.
func okJoinedLater(s store) (first error) {
	_, first = s.Load("a")
	if err := s.Close(); err != nil {
		if first != nil {
			first = errors.Join(first, err)
		} else {
			first = err
		}
	}
	return first
}

func okReplacedByKind(s store) error {
	_, err := s.Load("a")
	if err != nil {
		err = os.ErrNotExist
	}
	return err
}

type level int

func (l *level) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err == nil {
		*l = level(n)
	}
	return err
}

// etcd: what was set is used where setting it has failed.
func badSetOnFailure(text string) level {
	var l level
	if err := l.Set(text); err == nil { // want `^the test of err is the wrong way round`
		log.Print("no such level, taking the default")
		return 1
	}
	return l
}

func badFilledOnFailure(data []byte) item {
	var it item
	if err := json.Unmarshal(data, &it); err == nil { // want `^the test of err is the wrong way round`
		return item{Node: "default"}
	}
	return it
}

// snapd: one is as good as the other, and what they hold nobody asks.
func okEitherThere(look func(string, *int) error) bool {
	var n int
	if err := look("vendor", &n); err == nil {
		return true
	}
	if err := look("product", &n); err == nil {
		return true
	}
	return false
}

func okEitherRead(look func(string, *int) error) (int, error) {
	var n int
	if err := look("vendor", &n); err == nil {
		return 0, nil
	}
	err := look("product", &n)
	return n, err
}

func okSetOnSuccess(text string) level {
	var l level
	if err := l.Set(text); err == nil {
		return l
	}
	return 1
}

func okFilledOtherwise(data []byte, second []byte) (item, error) {
	var it item
	if err := json.Unmarshal(data, &it); err == nil {
		return it, nil
	}
	err := json.Unmarshal(second, &it)
	return it, err
}

// What was in it counts where nothing was set.
func okPreset(text string) level {
	l := level(3)
	if err := l.Set(text); err == nil {
		return 1
	}
	return l
}

func okTold(data []byte) (item, error) {
	var it item
	if err := json.Unmarshal(data, &it); err == nil {
		return item{}, nil
	} else {
		return it, err
	}
}
