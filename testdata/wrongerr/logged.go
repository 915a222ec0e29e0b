package wrongerr

import (
	"errors"
	"fmt"
	"log"
	"os"

	"go.uber.org/zap"
)

// Errors that are nil are logged, wrapped or sent in place of the one at hand.

type peer struct {
	id  string
	err error
}

var errFuture, errCompacted = errors.New("future revision"), errors.New("compacted")

var hash func() (int, error)

func badLoggedField(lg *zap.Logger, peers []peer) error {
	h, err := hash()
	if err != nil {
		return fmt.Errorf("hash: %w", err)
	}
	for _, p := range peers {
		if p.err != nil {
			switch {
			case errors.Is(p.err, errFuture):
				lg.Warn("slow peer", zap.Int("hash", h), zap.String("id", p.id), zap.Error(err)) // want `^err is nil where it is logged: the error at hand is p.err`
			case errors.Is(p.err, errCompacted):
				lg.Warn("local member is behind", zap.Error(err)) // want `^err is nil where it is logged: the error at hand is p.err`
			}
		}
	}
	return nil
}

func badPrintedOther(peers []peer) {
	_, err := hash()
	if err != nil {
		log.Fatal(err)
	}
	if _, cerr := hash(); cerr != nil {
		log.Printf("closing: %v", err) // want `^err is nil where it is logged: the error at hand is cerr`
	}
}

func badWrappedOther(p peer) error {
	_, err := hash()
	if err != nil {
		return err
	}
	if p.err != nil {
		return fmt.Errorf("peer %s: %w", p.id, err) // want `^err is nil where it is wrapped: the error at hand is p.err`
	}
	return nil
}

func badWrappedNil(p peer) error {
	n, err := hash()
	if err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("no hash for %s: %w", p.id, err) // want `^err is nil where it is wrapped: the new error has no cause`
	}
	return nil
}

func badSent(errs chan error, p peer) {
	_, err := hash()
	if err != nil {
		errs <- err
		return
	}
	if p.err != nil {
		errs <- err // want `^err is nil where it is sent: the error at hand is p.err`
	}
}

func badInvertedLog() {
	_, err := hash()
	if err == nil {
		log.Printf("failed to hash: %v", err) // want `^a failure is told where err is nil`
	}
}

func badInvertedWrap() error {
	if _, err := hash(); err == nil {
		return fmt.Errorf("hashing: %w", err) // want `^err is nil where it is wrapped: the new error has no cause`
	}
	return nil
}

func badUntested(s store) (string, error) {
	_, err := s.Load("a")
	return "done", fmt.Errorf("hashing: %w", err) // want `^err is wrapped and returned without a test: success becomes a failure too`
}

func okLoggedRight(lg *zap.Logger, peers []peer) error {
	_, err := hash()
	if err != nil {
		return err
	}
	for _, p := range peers {
		if p.err != nil {
			lg.Warn("slow peer", zap.Error(p.err))
		}
	}
	return nil
}

// Both are told: the nil one shows that the work itself went well.
func okBothTold(p peer) error {
	_, err := hash()
	if err != nil {
		return err
	}
	if p.err != nil {
		log.Printf("after %v: %v", err, p.err)
	}
	return nil
}

// A record of how it went, whichever way.
func okResult() {
	_, err := hash()
	log.Printf("hashed: %v", err)
}

func okResultOfSuccess() {
	_, err := hash()
	if err == nil {
		log.Printf("hashed (%v)", err)
	}
}

// The error may be set: only one of the two has to be true.
func okEither() error {
	n, err := hash()
	if err != nil || n == 0 {
		return fmt.Errorf("no hash: %w", err)
	}
	return nil
}

func okSetAgain(p peer) error {
	_, err := hash()
	if err != nil {
		return err
	}
	if p.err != nil {
		_, err = hash()
		log.Printf("peer and hash: %v", err)
	}
	return nil
}

// The inner test is about err itself.
func okTestedInside(p peer) {
	if p.err != nil {
		_, err := hash()
		if err == nil {
			log.Printf("recovered, hash says %v", err)
		}
	}
}

func okSharedWithGoroutine(p peer, done chan bool) {
	var err error
	go func() {
		_, err = hash()
		done <- true
	}()
	<-done
	if p.err != nil {
		log.Printf("peer: %v", err)
	}
}

// An error that the callee always gives.
func okAlwaysFails() error {
	err := errors.New("closed")
	return fmt.Errorf("peer: %w", err)
}

func serveForever() error { select {} }

func okServe() error {
	err := serveForever()
	return fmt.Errorf("serving: %w", err)
}

func okJoined(p peer) error {
	_, err := hash()
	if err != nil {
		return err
	}
	if p.err != nil {
		return errors.Join(err, p.err)
	}
	return nil
}

// Whoever is handed a pointer may set it.
func okThroughPointer(p peer, set func(*error)) error {
	var err error
	set(&err)
	if p.err != nil {
		return fmt.Errorf("peer: %w", err)
	}
	return nil
}

func okTestedBeforeWrap() error {
	_, err := hash()
	if err == nil {
		return nil
	}
	return fmt.Errorf("hashing: %w", err)
}

func okCloser(lg *zap.Logger) error {
	_, err := hash()
	if err != nil {
		if _, cerr := hash(); cerr != nil {
			lg.Warn("again", zap.Error(err))
		}
		return err
	}
	return nil
}

func okWrappedOnce(p peer) error {
	if p.err != nil {
		return fmt.Errorf("peer %s: %w", p.id, p.err)
	}
	return nil
}

func okSentOnly(errs chan error) {
	_, err := hash()
	errs <- err
}

func okSentNil(errs chan error, p peer) {
	_, err := hash()
	if err == nil {
		errs <- err
	}
}

// Nothing says that the nil is not meant.
func okDebug(lg *zap.Logger) error {
	_, err := hash()
	if err != nil {
		return err
	}
	lg.Info("hashed", zap.Error(err))
	return nil
}

// The inner err hides the one at hand.
func badHidden() {
	if _, err := hash(); err != nil {
		_, err := hash()
		if err != nil {
			log.Fatal(err)
		}
		log.Printf("failed to hash: %v", err) // want `^err is nil where it is logged: the error at hand is an outer err, which this one hides`
	}
}

func badNameless() error {
	_, err := hash()
	if err != nil {
		return err
	}
	if closeAll() != nil {
		return fmt.Errorf("closing: %w", err) // want `^err is nil where it is wrapped: the error at hand is that of closeAll`
	}
	return nil
}

var closeAll func() error

func okHidden() {
	if _, err := hash(); err != nil {
		if _, err := hash(); err != nil {
			log.Fatal(err)
		}
		log.Printf("failed to hash: %v", err)
	}
}

func okNameless() error {
	_, err := hash()
	if err != nil {
		return err
	}
	if closeAll() != nil {
		return errors.New("closing")
	}
	return nil
}

func okBehind(p peer) error {
	if p.err != nil {
		log.Print(p.err)
	}
	_, err := hash()
	return err
}

func okInOtherBranch(p peer) error {
	_, err := hash()
	if p.err == nil {
		return err
	}
	return p.err
}

// harbor: every scan that starts is told as one that failed.
func badLogsUntested(name string) {
	err := os.Remove(name)
	log.Printf("failed to remove %s: %v", name, err) // want `^err is logged as a failure without a test: so is every success$`
}

func okLogsHowItEnded(name string) {
	err := os.Remove(name)
	log.Printf("removed %s: %v", name, err)
}

func okLogsTested(name string) {
	if err := os.Remove(name); err != nil {
		log.Printf("failed to remove %s: %v", name, err)
	}
}

func okLogsAndTests(name string) error {
	err := os.Remove(name)
	log.Printf("failed to remove %s if there is an error here: %v", name, err)
	if err != nil {
		return err
	}
	return os.Remove(name + ".new")
}

func okLogsMade(name string) {
	err := errors.New("no such thing")
	log.Printf("failed to remove %s: %v", name, err)
}

// velero: who counts what could not be removed counts all.
func badListsUntested(names []string) []error {
	var errs []error
	for _, name := range names {
		err := os.Remove(name)
		errs = append(errs, err) // want `^err is put into the list without a test: success counts as a failure there$`
	}
	return errs
}

func badListsUntestedAndCounts(names []string) (bool, error) {
	var errs []error
	for _, name := range names {
		err := os.Remove(name)
		errs = append(errs, err) // want `^err is put into the list without a test`
	}
	return len(errs) == 0, errors.Join(errs...)
}

// kubevirt: all that call it hand the list to what leaves out what is nil.
func listsForJoin(names []string) []error {
	var errs []error
	for _, name := range names {
		err := os.Remove(name)
		errs = append(errs, err)
	}
	return errs
}

func okJoinsList(names []string) error {
	errs := listsForJoin(names)
	return errors.Join(errs...)
}

func badListsForLength(names []string) []error {
	var errs []error
	for _, name := range names {
		err := os.Remove(name)
		errs = append(errs, err) // want `^err is put into the list without a test`
	}
	return errs
}

func okAsksLength(names []string) bool {
	errs := badListsForLength(names)
	return len(errs) > 0
}

// ovn: what is made of a list that is not empty is there.
func okLogsJoined(list func() []error) {
	if errs := list(); len(errs) > 0 {
		err := errors.Join(errs...)
		log.Printf("failed to remove: %v", err)
	}
}

func okLogsJoinedTested(names []string) {
	err := errors.Join(listsForJoin(names)...)
	if err != nil {
		log.Printf("failed to remove: %v", err)
	}
}

func badListsAnother(names []string) error {
	var errs []error
	for _, name := range names {
		err := os.Chmod(name, 0o600)
		if err != nil {
			return err
		}
		if removeErr := os.Remove(name); removeErr != nil {
			errs = append(errs, err) // want `^err is nil where it is put among others: the error at hand is removeErr$`
		}
	}
	return errors.Join(errs...)
}

func okListsTested(names []string) []error {
	var errs []error
	for _, name := range names {
		if err := os.Remove(name); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

func okListsToJoin(names []string) error {
	var errs []error
	for _, name := range names {
		err := os.Remove(name)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func okListsByIndex(names []string) (errs [2]error) {
	for i, name := range names[:2] {
		err := os.Remove(name)
		errs[i] = err
	}
	return errs
}

func okListsTestedAbove(names []string) []error {
	var errs []error
	for _, name := range names {
		err := os.Remove(name)
		if err == nil {
			continue
		}
		errs = append(errs, err)
	}
	return errs
}

func okListsMade(names []string) []error {
	var errs []error
	for _, name := range names {
		err := fmt.Errorf("not removed: %s", name)
		errs = append(errs, err)
	}
	return errs
}

func okListsBoth(names []string) []error {
	var errs []error
	for _, name := range names {
		if err := os.Remove(name); err != nil {
			if removeErr := os.RemoveAll(name); removeErr != nil {
				errs = append(errs, err, removeErr)
			}
		}
	}
	return errs
}
