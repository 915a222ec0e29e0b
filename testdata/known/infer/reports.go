package infer

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
)

// --- what has been told of before it is given back

func told(path string) error { // want "^kind outside reports; sentinels errvet.test/testdata/known/infer.errStopped$"
	if err := os.Chdir(path); err != nil {
		log.Print(err)
		return err
	}
	if path == "/" {
		log.Print("not the root")
		return errors.New("the root")
	}
	if path == "" {
		return errStopped // the name of a state
	}
	return nil
}

func toldByOther(path string) (n int, err error) { // want "^kind outside reports; sentinels errvet.test/testdata/known/infer.errStopped$"
	if err = told(path); err != nil {
		return 0, err
	}
	return len(path), told(path + "/a")
}

func toldNaked(path string) (err error) { // want "^kind outside reports$"
	err = os.Chdir(path)
	if err != nil {
		log.Print(err)
	}
	return
}

func toldAtExit(path string) (err error) { // want "^kind outside reports$"
	defer func() {
		if err != nil {
			log.Printf("%s: %v", path, err)
		}
	}()
	if err := os.Chdir(path); err != nil {
		return err
	}
	return os.Remove(path)
}

func toldButStates(s *shelf, path string) error { // want "^kind outside reports; sentinels errvet.test/testdata/known/infer.errStopped$"
	if err := os.Chdir(path); err != nil {
		if err != errStopped && !errors.Is(err, errBusy) {
			log.Print(err)
		}
		return err
	}
	return s.push(path)
}

func toldOfCause(path string) error { // want "^kind outside reports; only errvet.test/testdata/known/infer.ErrAbsent$"
	if err := os.Chdir(path); err != nil {
		log.Print(err)
		return ErrAbsent
	}
	return nil
}

func toldClient(w http.ResponseWriter, path string) error { // want "^kind respond outside reports$"
	err := os.Chdir(path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		answers(w, err)
		return err
	}
	return nil
}

func toldOnChannel(c chan<- error, path string) error { // want "^kind outside reports$"
	err := os.Chdir(path)
	if err != nil {
		c <- err
		return err
	}
	return nil
}

func (s *shelf) note(err error) { // want "^arg 0 logs stores; kind log$"
	log.Print(err)
	s.err = err
}

func (s *shelf) toldByNoting(path string) error { // want "^kind outside reports$"
	if s.err != nil {
		return s.err // it failed before
	}
	err := os.Chdir(path)
	if err != nil {
		s.note(err)
	}
	return err
}

func toldByClosure(path string) error { // want "^kind outside reports$"
	fail := func(err error) error {
		log.Print(err)
		return err
	}
	if err := os.Chdir(path); err != nil {
		return fail(err)
	}
	return nil
}

// --- and what has not

func toldOnce(path string) error { // want "^kind outside$"
	if err := os.Chdir(path); err != nil {
		log.Print(err)
		return err
	}
	return os.Remove(path)
}

func toldOfAnother(path string) error { // want "^kind outside$"
	if err := os.Chdir(path); err != nil {
		log.Print(err)
	}
	log.Print("removing")
	if err := os.Remove(path); err != nil {
		return err
	}
	return nil
}

func toldOrNot(path string, loud bool) error { // want "^kind outside$"
	err := os.Chdir(path)
	if err != nil && loud {
		log.Print(err)
	}
	return err
}

func notTold(path string) error { // want "^kind outside; only errvet.test/testdata/known/infer.ErrAbsent$"
	if err := os.Chdir(path); err != nil {
		return ErrAbsent
	}
	return nil
}

func onlyKept(s *shelf, path string) error { // want "^kind outside$"
	s.err = os.Chdir(path)
	return s.err
}

func wrapsOnly(path string) error { // want "^kind outside; wraps io/fs.ErrExist io/fs.ErrNotExist io/fs.ErrPermission$"
	if err := os.Chdir(path); err != nil {
		return fmt.Errorf("going there: %w", err)
	}
	return nil
}

// A log of traces is kept only while somebody watches.
type traceEventLog interface {
	Errorf(format string, args ...any)
}

type eventLog interface {
	Errorf(format string, args ...any) // want "^arg 0 logs; arg 1 logs; kind log$"
}

func traced(events traceEventLog, path string) error { // want "^kind outside$"
	err := os.Chdir(path)
	if err != nil {
		events.Errorf("chdir: %v", err)
	}
	return err
}

func recorded(events eventLog, path string) error { // want "^kind outside reports$"
	err := os.Chdir(path)
	if err != nil {
		events.Errorf("chdir: %v", err)
	}
	return err
}

// What formats is a log record whatever it is called, unless it may not return.
type auditLogger interface {
	AuditErrf(format string, args ...any) // want "^arg 0 logs; arg 1 logs; kind log$"
	Panicf(format string, args ...any)
	Sprintf(format string, args ...any) string
}

func audited(log auditLogger, path string) error { // want "^kind outside reports$"
	err := os.Chdir(path)
	if err != nil {
		log.AuditErrf("chdir: %v", err)
	}
	return err
}

func rendered(log auditLogger, path string) error { // want "^kind outside$"
	err := os.Chdir(path)
	if err != nil {
		_ = log.Sprintf("chdir: %v", err)
	}
	return err
}
