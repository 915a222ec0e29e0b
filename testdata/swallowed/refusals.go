package swallowed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	v1 "errvet.test/testdata/listers/orders/v1"
)

// What failed only refuses, for reasons of its own.

type shelf struct {
	closing, closed bool
	orders          []order
	file            string
}

func (s *shelf) enter() error {
	switch {
	case s.closing:
		return errors.New("closing")
	case s.closed:
		return fmt.Errorf("closed with %d orders", len(s.orders))
	}
	return nil
}

func (s *shelf) read() error {
	if s.closed {
		return errors.New("closed")
	}
	if _, err := os.ReadFile(s.file); err != nil {
		return errors.New("cannot be read")
	}
	return nil
}

func (s *shelf) reload(l ledger) error {
	if s.closed {
		return errors.New("closed")
	}
	return l.Charge(order{})
}

func badClosingOrders(s *shelf) (string, error) {
	if err := s.enter(); err != nil {
		return "", nil // want `^strict: s.enter failed \(line \d+\), yet success is returned`
	}
	return s.file, nil
}

// There is a failure behind it, dropped already or not.
func badClosingRead(s *shelf, l ledger) (string, error) {
	if err := s.read(); err != nil {
		return "", nil // want `^s.read failed \(line \d+\), yet success is returned`
	}
	if err := s.reload(l); err != nil {
		return "", nil // want `^s.reload failed \(line \d+\), yet success is returned`
	}
	return s.file, nil
}

func okClosing(s *shelf) (string, error) {
	if err := s.enter(); err != nil {
		return "", err
	}
	return s.file, nil
}

func okClosingWrapped(s *shelf) (string, error) {
	if err := s.enter(); err != nil {
		return "", fmt.Errorf("shelf %s: %w", s.file, err)
	}
	return s.file, nil
}

func okClosingSaid(s *shelf) (string, error) {
	if err := s.enter(); err != nil {
		return "", nil // a shelf that closes is empty // want `^silenced\(comment\)`
	}
	return s.file, nil
}

// One thing after the other, of which this one is passed over.

func badPassedOver(root string, data []byte) (hosts []string, err error) {
	err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		u, err := url.Parse("https://" + path)
		if err != nil {
			return nil // want `^strict: url.Parse failed \(line \d+\), yet success is returned`
		}
		hosts = append(hosts, u.Host)
		var o order
		if err := json.Unmarshal(data, &o); err != nil {
			return nil // want `^json.Unmarshal failed \(line \d+\), yet success is returned`
		}
		return nil
	})
	return hosts, err
}

func badPassedOverUntold(l ledger, dir string) {
	eachName(dir, func(name string) error {
		if err := l.Charge(order{ID: name}); err != nil {
			return nil // want `^strict: l.Charge failed \(line \d+\), yet success is returned`
		}
		return l.Refund(order{ID: name})
	})
	_ = eachName(dir, func(name string) error {
		if err := l.Charge(order{ID: dir}); err != nil {
			return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
		}
		return l.Refund(order{ID: name})
	})
}

func okPassedOnByWalk(root string) (hosts []string, err error) {
	err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		u, err := url.Parse("https://" + path)
		if err != nil {
			return err
		}
		hosts = append(hosts, u.Host)
		return nil
	})
	return hosts, err
}

func okPassedOnUntold(l ledger, dir string) {
	eachName(dir, func(name string) error {
		if err := l.Charge(order{ID: name}); err != nil {
			return err
		}
		return l.Refund(order{ID: name})
	})
}

func eachName(dir string, do func(string) error) error {
	list, err := os.ReadDir(dir)
	for _, e := range list {
		if err := do(e.Name()); err != nil {
			return err
		}
	}
	return err
}

// Nobody takes what it gives.

func badSetUp(l ledger) error {
	if err := l.Charge(order{}); err != nil {
		return nil // want `^strict: l.Charge failed \(line \d+\), yet success is returned`
	}
	return l.Refund(order{})
}

func okSetsUp(l ledger) {
	_ = badSetUp(l) // it is no matter
	badSetUp(l)
}

func badSetUpTaken(l ledger) error {
	if err := l.Charge(order{}); err != nil {
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	}
	return l.Refund(order{})
}

func okSetsUpTaken(l ledger) error {
	_ = badSetUpTaken(l) // it is no matter
	return badSetUpTaken(l)
}

func badSetUpLater(l ledger) error {
	if err := l.Charge(order{}); err != nil {
		return nil // want `^l.Charge failed \(line \d+\), yet success is returned`
	}
	return l.Refund(order{})
}

func okSetsUpLater(l ledger) func(ledger) error {
	_ = badSetUpLater(l) // it is no matter
	return badSetUpLater
}

// A comment says that it need not be there.

func badOptional(root string) (string, error) {
	all, err := os.ReadFile(root)
	if err != nil {
		return "", err
	}
	// the parent's own (may not exist)
	path := filepath.Join(root, "own")
	own, err := os.ReadFile(path)
	if err != nil {
		return string(all), nil // want `^strict: os.ReadFile failed \(line \d+\), yet success is returned`
	}

	// the child's own
	path = filepath.Join(root, "own", "own")
	child, err := os.ReadFile(path)
	if err != nil {
		return string(own), nil // want `^os.ReadFile failed \(line \d+\), yet success is returned`
	}
	return string(child), nil
}

// Or that it may fail.

func badMayFail(root string) (string, error) {
	all, err := os.ReadFile(root)
	if err != nil {
		return "", err
	}
	// Somebody may have written the file by hand, before there is any other. If we fail to read it, that's OK -- it
	// is made anew.
	own, err := os.ReadFile(filepath.Join(root, "own"))
	if err != nil {
		return string(all), nil // want `^strict: os.ReadFile failed \(line \d+\), yet success is returned`
	}
	// Reading may fail. It is fine to have an empty child.
	child, err := os.ReadFile(filepath.Join(root, "own", "own"))
	if err != nil {
		return string(own), nil // want `^os.ReadFile failed \(line \d+\), yet success is returned`
	}
	// For this to fail is not fine.
	last, err := os.ReadFile(filepath.Join(root, "last"))
	if err != nil {
		return string(child), nil // want `^os.ReadFile failed \(line \d+\), yet success is returned`
	}
	return string(last), nil
}

func okMustNotFail(root string) (string, error) {
	// For this to fail is not fine.
	own, err := os.ReadFile(root)
	return string(own), err
}

func okMayFailGiven(root string) ([]byte, error) {
	// To fail is OK, as callers see to it.
	return os.ReadFile(root)
}

func okMayFail(root string) (string, error) {
	// If we fail to read it, that's OK -- it is made anew.
	own, err := os.ReadFile(root)
	if errors.Is(err, fs.ErrNotExist) {
		return "new", nil
	}
	return string(own), err
}

func okMayFailTold(root string) (string, error) {
	// To fail here is fine: who asked is told.
	own, err := os.ReadFile(root)
	if err != nil {
		return "", fmt.Errorf("own: %w", err)
	}
	return string(own), nil
}

// A comment behind the question says what happens otherwise.

func badThenUnlazy(l ledger, orders []order) {
	for _, o := range orders {
		if err := l.Charge(o); err != nil {
			if errors.Is(err, errRefused) { // want `^strict: one kind of error of l.Charge \(line \d+\) is handled`
				save(o)
				continue
			}
		}
		// This order and all behind it cannot be charged today.
		break
	}
}

func okFallThrough(l ledger, o order, fast bool) error {
	if fast {
		err := l.Charge(o)
		if err == errRefused { // want `^silenced\(comment\)`
			return nil
		}
		// Fall through to the slow way on other errors.
	}
	return l.Refund(o)
}

func badToBeDone(l ledger, o order, fast bool) error {
	if fast {
		err := l.Charge(o)
		if err == errRefused { // want `^one kind of error of l.Charge \(line \d+\) is handled`
			return nil
		}
		// TODO: what about other errors?
	}
	return l.Refund(o)
}

func badBeforeTheNext(l ledger, o order) error {
	err := l.Charge(o)
	if err == errRefused { // want `^one kind of error of l.Charge \(line \d+\) is handled`
		return nil
	}
	// Give the customer a day to pay.
	save(o)
	return nil
}

// What keeps the first from being done keeps the second.

func ended(err error) bool {
	var e *exec.ExitError
	return errors.As(err, &e)
}

func badSameProgram(manager, pkg string) error {
	if err := exec.Command("apk", "info", pkg).Run(); err != nil && ended(err) { // want `^strict: one kind of error of exec.Command\(\).Run \(line \d+\) is handled`
		return errRefused
	}
	if out, err := exec.Command("apk", "update").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if err := exec.Command(manager, "info", pkg).Run(); err != nil && ended(err) { // want `^strict: one kind of error of exec.Command\(\).Run \(line \d+\) is handled`
		return errRefused
	}
	cmd := exec.Command(manager, "update")
	cmd.Stdout = os.Stdout
	return cmd.Run()
}

// Another program may be there; and that one is found does not tell how it ends.
func badOtherProgram(pkg string) error {
	if err := exec.Command("dpkg", "--status", pkg).Run(); err != nil && ended(err) { // want `^one kind of error of exec.Command\(\).Run \(line \d+\) is handled`
		return errRefused
	}

	if err := exec.Command("apk", "info", pkg).Run(); errors.Is(err, exec.ErrNotFound) { // want `^one kind of error of exec.Command\(\).Run \(line \d+\) is handled`
		return errRefused
	}
	if err := exec.Command("apt-get", "update").Run(); err != nil {
		return err
	}
	return exec.Command("apk", "update").Run()
}

func badSameAgain(l ledger, o order) error {
	if err := l.Charge(o); errors.Is(err, errRefused) { // want `^strict: one kind of error of l.Charge \(line \d+\) is handled`
		save(o)
	}
	return l.Charge(o)
}

func badOtherAgain(l ledger, o, next order) error {
	if err := l.Charge(o); errors.Is(err, errRefused) { // want `^one kind of error of l.Charge \(line \d+\) is handled`
		save(o)
	}
	return l.Charge(next)
}

func badSameChanged(l ledger, o order) error {
	if err := l.Charge(o); errors.Is(err, errRefused) { // want `^one kind of error of l.Charge \(line \d+\) is handled`
		save(o)
	}
	o = order{}
	return l.Charge(o)
}

func okSameHandled(l ledger, o order) error {
	if err := l.Charge(o); errors.Is(err, errRefused) {
		save(o)
	} else if err != nil {
		return err
	}
	return l.Charge(o)
}

func okProgramKept(manager, pkg string) error {
	cmd := exec.Command(manager, "info", pkg)
	if err := cmd.Run(); err != nil {
		return err
	}
	return exec.Command(manager, "update").Run()
}

func okProgramOutput(manager, pkg string) (string, error) {
	out, err := exec.Command(manager, "info", pkg).Output()
	if ended(err) {
		return "", errRefused
	}
	return string(out), err
}

func okProgramHandled(pkg string) error {
	if err := exec.Command("apk", "info", pkg).Run(); ended(err) {
		return errRefused
	} else if err != nil {
		return err
	}
	return exec.Command("apk", "update").Run()
}

// A lister looks into an index in memory: what it does not find is not there, and it fails by nothing else.

func okLister(orders v1.OrderLister, name string) (gone bool) {
	o, err := orders.Get(name)
	if err != nil && isTemporary(err) {
		gone = true
	}
	if err == nil {
		save(order{ID: o.Name})
	}
	return gone
}

func okListerAll(orders v1.OrderLister) int {
	list, err := orders.List("")
	if errors.Is(err, errRefused) {
		save(order{})
	}
	return len(list)
}

func badRefresh(orders v1.OrderLister, name string) (gone bool) {
	if err := orders.Refresh(name); err != nil && isTemporary(err) { // want `^one kind of error of orders.Refresh \(line \d+\) is handled`
		gone = true
	}
	return gone
}

// The body is the same for both.

func okStatusOnly(w http.ResponseWriter, ready bool) {
	msg := new(bytes.Buffer)
	if !ready {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
	} else {
		w.WriteHeader(http.StatusOK)
	}
	if _, err := w.Write(msg.Bytes()); err != nil {
		log.Print(err)
	}
}

func okStatusOfFailure(w http.ResponseWriter, l ledger, o order) {
	msg := new(strings.Builder)
	if err := l.Charge(o); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	} else {
		w.WriteHeader(http.StatusOK)
	}
	fmt.Fprint(w, msg)
}

func badRefusedTwice(w http.ResponseWriter, ready, late bool) {
	if !ready { // want `^the request is refused here, and goes on behind this branch`
		http.Error(w, "not ready", http.StatusServiceUnavailable)
	} else if late { // want `^the request is refused here, and goes on behind this branch`
		http.Error(w, "too late", http.StatusServiceUnavailable)
	}
	fmt.Fprintln(w, "ready")
}

func okStatusEach(w http.ResponseWriter, ready, late bool) {
	if !ready {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
	} else if late {
		http.Error(w, "late", http.StatusServiceUnavailable)
	} else {
		w.WriteHeader(http.StatusOK)
	}
	fmt.Fprintln(w, "that is all")
}

func okListerHandled(orders v1.OrderLister, name string) error {
	o, err := orders.Get(name)
	if err != nil {
		return err
	}
	save(order{ID: o.Name})
	return nil
}

func okRefreshed(orders v1.OrderLister, name string) error {
	if err := orders.Refresh(name); err != nil && !isTemporary(err) {
		return err
	}
	return nil
}

func okOptional(root string) (string, error) {
	// the parent's own (may not exist)
	path := filepath.Join(root, "own")
	own, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return string(own), nil
}

func okOptionalTold(root string) (string, error) {
	// the parent's own (may not exist)
	own, err := os.ReadFile(root)
	if err != nil {
		return "", fmt.Errorf("own: %w", err)
	}
	return string(own), nil
}

func okThenLoud(l ledger, orders []order) error {
	for _, o := range orders {
		err := l.Charge(o)
		if errors.Is(err, errRefused) {
			save(o)
			continue
		}
		// All other errors end it.
		if err != nil {
			return err
		}
	}
	return nil
}

func okPassedOnParsed(l ledger, names []string) error {
	return overNames(names, func(name string) error {
		u, err := url.Parse(name)
		if err != nil {
			return err
		}
		return l.Charge(order{ID: u.Host})
	})
}

func okPassedOnWrapped(l ledger, names []string) error {
	return overNames(names, func(name string) error {
		if err := l.Charge(order{ID: name}); err != nil {
			return fmt.Errorf("charging %s: %w", name, err)
		}
		return nil
	})
}

func okPassedLogged(l ledger, names []string) {
	_ = overNames(names, func(name string) error {
		if err := l.Charge(order{ID: name}); err != nil {
			log.Print(err)
			return err
		}
		return nil
	})
}

func overNames(names []string, do func(string) error) error {
	for _, n := range names {
		if err := do(n); err != nil {
			return err
		}
	}
	return nil
}

func okReadOnTime(s *shelf) error {
	if err := s.read(); err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	return nil
}

func okReloads(s *shelf, l ledger) error {
	if err := s.enter(); err != nil {
		return errRefused
	}
	return s.reload(l)
}

func okEnters(s *shelf) bool {
	err := s.enter()
	return err == nil
}

func okSaidInside(s *shelf, l ledger) (string, error) {
	if err := s.reload(l); err != nil {
		// A shelf that cannot be loaded keeps its name.
		return "", nil // want `^silenced\(comment\)`
	}
	return s.file, nil
}

func okTriesAnother(s, other *shelf) error {
	if err := s.enter(); err != nil {
		return other.enter()
	}
	return nil
}

func okKeepsFirst(s *shelf, l ledger) error {
	return errors.Join(s.enter(), s.reload(l))
}

func okSetUpTold(l ledger) error {
	if err := badSetUpTaken(l); err != nil {
		return fmt.Errorf("setting up: %w", err)
	}
	return badSetUpLater(l)
}

func okCountsKept(l ledger, names []string) error {
	var errs []error
	_ = overNames(names, func(name string) error {
		errs = append(errs, l.Charge(order{ID: name}))
		return nil
	})
	return errors.Join(errs...)
}

func okStopsEarly(l ledger, names []string) error {
	return overNames(names, func(name string) error {
		if name == "" {
			return nil
		}
		return l.Charge(order{ID: name})
	})
}

func okProgramLooked(pkg string) error {
	path, err := exec.LookPath("apk")
	if err != nil {
		return err
	}
	return exec.Command(path, "info", pkg).Run()
}

func okStatusBehind(w http.ResponseWriter, ready bool) {
	status := http.StatusOK
	if !ready {
		status = http.StatusServiceUnavailable
	}
	w.WriteHeader(status)
}
