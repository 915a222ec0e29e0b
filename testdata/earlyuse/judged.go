package earlyuse

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// A result is asked, and answered for, before the error is.

type packer interface {
	Pack(dir string) (files int, sum string, err error)
	Find(name string) (string, bool, error)
	Read(buf []byte) (int, error)
}

// argo: every failure is told as "no files".
func badEmptyFirst(p packer, dir string) (string, error) {
	files, sum, err := p.Pack(dir)
	if files == 0 { // want `^what p.Pack \(line \d+\) gave is judged here before its error: a failure is taken for something else`
		return "", errors.New("no files to send")
	}
	if err != nil {
		return "", fmt.Errorf("packing %s: %w", dir, err)
	}
	return sum, nil
}

func badNotOKFirst(p packer, name string) (string, error) {
	found, ok, err := p.Find(name)
	if !ok { // want `^what p.Find \(line \d+\) gave is judged here before its error`
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return found, nil
}

// restic: a failure becomes a panic.
func badPanicsFirst(p packer, name, want string) error {
	found, _, err := p.Find(name)
	if found != want { // want `^what p.Find \(line \d+\) gave is judged here before its error`
		panic("mismatch")
	}
	return err
}

// Where there are files, there was no failure: the result is nil with an error.
func okEmptyOnFailure(dir string) ([]byte, error) {
	rest, err := contents(dir)
	if len(rest) > 0 {
		return rest, nil
	}
	if err != nil {
		return nil, err
	}
	return []byte{0}, nil
}

func contents(dir string) ([]byte, error) {
	data, err := os.ReadFile(dir)
	if err != nil {
		return nil, err
	}
	return data, nil
}

// The comment says that it is meant.
func okMeant(p packer, dir string) (string, error) {
	files, sum, err := p.Pack(dir)
	// It fails whenever there is something to pack, which is as good here.
	if files > 0 { // want `^silenced\(comment\): what p.Pack`
		return sum, nil
	}
	if err != nil {
		return "", err
	}
	return "none", nil
}

func okMeantInside(p packer, dir string) (string, error) {
	files, sum, err := p.Pack(dir)
	if files > 0 { // want `^silenced\(comment\): what p.Pack`
		// It fails whenever there is something to pack, which is as good here.
		return sum, nil
	}
	if err != nil {
		return "", err
	}
	return "none", nil
}

func okErrorFirst(p packer, dir string) (string, error) {
	files, sum, err := p.Pack(dir)
	if err != nil {
		return "", err
	}
	if files == 0 {
		return "", errors.New("no files to send")
	}
	return sum, nil
}

// Both together.
func okTogether(p packer, dir string) (string, error) {
	files, sum, err := p.Pack(dir)
	if files == 0 || err != nil {
		return "", errors.New("nothing to send")
	}
	return sum, err
}

// The error is told along.
func okToldAlong(p packer, dir string) (string, error) {
	files, sum, err := p.Pack(dir)
	if files == 0 {
		return "", fmt.Errorf("no files to send: %w", err)
	}
	return sum, err
}

// What a reader has read counts beside its error.
func okReadCounts(p packer, buf []byte) error {
	n, err := p.Read(buf)
	if n == 0 {
		return io.ErrUnexpectedEOF
	}
	return err
}

// What was found is told, whatever else there is to say.
func okFoundFirst(p packer, name string) (string, error) {
	found, ok, err := p.Find(name)
	if ok {
		found += "!"
	}
	return found, err
}

// Nothing asks the error behind.
func okOnlyFound(p packer, name string) string {
	found, ok, err := p.Find(name)
	if !ok {
		return ""
	}
	return fmt.Sprint(found, err)
}

// prometheus: that the sample is late is told whether or not it could be taken.
func okOnSuccessBehind(p packer, name string, strict bool) (string, error) {
	found, late, err := p.Find(name)
	if late && strict {
		return "", errors.New("late")
	}
	if err == nil {
		found += "!"
	}
	return found, err
}

// Where something is there, nothing failed, as far as most functions go.
func badSomethingFirst(p packer, name string) (string, error) {
	_, found, err := p.Find(name)
	if found { // want `^strict: what p.Find`
		return name, nil
	}
	if err != nil {
		return "", err
	}
	return "", errors.New("not there")
}

// To ask for one thing is no way that a failure takes: it gives an empty string.
func badKnownFirst(p packer, dir string) error {
	_, sum, err := p.Pack(dir)
	if sum == emptySum { // want `^strict: what p.Pack \(line \d+\) gave is judged here before its error`
		return errors.New("nothing to send")
	}
	return err
}

const emptySum = "e3b0c442"

// A pointer from a method of an interface is no use where the call failed: nil, as most take for granted, or empty, as
// generated clients give it.

type wire interface {
	Do(name string) (*wired, error)
}

type wired struct{ code int }

func badFailedReply(w wire) error {
	r, err := w.Do("status")
	if err != nil {
		return fmt.Errorf("code %d: %w", r.code, err) // want `^strict: w.Do failed \(line \d+\), and r, which is nil or empty then, is used`
	}
	return nil
}

// longhorn: what was asked for is no more when it is needed.
func badPutOver(update func(*wired) (*wired, error), r *wired) error {
	var err error
	if r, err = update(r); err != nil {
		return fmt.Errorf("code %d: %w", r.code, err) // want `^update failed \(line \d+\), and r, which is nil or empty then, is used`
	}
	return nil
}

func okPutBeside(update func(*wired) (*wired, error), r *wired) error {
	now, err := update(r)
	if err != nil {
		return fmt.Errorf("code %d: %w", r.code, err)
	}
	fmt.Println(now.code)
	return nil
}

func okPutOverLater(update func(*wired) (*wired, error), r *wired) (*wired, error) {
	now, err := update(r)
	if err != nil {
		return r, err
	}
	r = now
	return r, nil
}

func okFailedReplyAsked(w wire) error {
	r, err := w.Do("status")
	if err != nil {
		if r != nil {
			return fmt.Errorf("code %d: %w", r.code, err)
		}
		return err
	}
	return nil
}

func okFailedReplyHandedOn(w wire) (*wired, error) {
	r, err := w.Do("status")
	if err != nil {
		return r, fmt.Errorf("status: %w", err)
	}
	return r, nil
}

// An assertion of a type panics where there is nothing.

type source interface {
	Load(name string) (any, error)
}

func badAsserted(s source) (*wired, error) {
	v, err := s.Load("status")
	r := v.(*wired) // want `^v is used before the error of s.Load \(line \d+\) is looked at`
	return r, err
}

func okAsserted(s source) (*wired, error) {
	v, err := s.Load("status")
	r, _ := v.(*wired)
	return r, err
}

func okAssertedBehind(s source) (*wired, error) {
	v, err := s.Load("status")
	if err != nil {
		return nil, err
	}
	return v.(*wired), nil
}

// ovn-kubernetes: false says that there was nothing to do, and never that something failed.

type adder interface {
	add(name string) (bool, error)
	drop(name string) (bool, error)
}

type disk struct{}

func (disk) add(name string) (bool, error) {
	if name == "" {
		return false, nil
	}
	return true, os.Mkdir(name, 0o700)
}

func (disk) drop(name string) (bool, error) {
	if name == "" {
		return false, nil
	}
	return true, os.Remove(name)
}

type memory struct{}

func (*memory) add(string) (bool, error) { return true, nil }

func (*memory) drop(name string) (bool, error) {
	err := os.Remove(name)
	return err == nil, err
}

func okNothingToAdd(a adder, name string) error {
	done, err := a.add(name)
	if !done {
		return nil
	}
	if err != nil {
		return fmt.Errorf("adding %s: %w", name, err)
	}
	return nil
}

func okNothingToDrop(d disk, name string) error {
	done, err := d.drop(name)
	if !done {
		return nil
	}
	if err != nil {
		return fmt.Errorf("dropping %s: %w", name, err)
	}
	return nil
}

func okDropped(a adder, name string) error {
	done, err := a.drop(name)
	if err != nil {
		return fmt.Errorf("dropping %s: %w", name, err)
	}
	if !done {
		return errors.New("not dropped")
	}
	return nil
}

func okAdded(a adder, name string) (string, error) {
	done, err := a.add(name)
	if !done {
		return "", nil
	}
	return name, err
}

// One of the two fails with false.
func badNotDropped(a adder, name string) error {
	done, err := a.drop(name)
	if !done { // want `^what a.drop \(line \d+\) gave is judged here before its error`
		return nil
	}
	if err != nil {
		return fmt.Errorf("dropping %s: %w", name, err)
	}
	return nil
}

func badNotDroppedMemory(m *memory, name string) error {
	done, err := m.drop(name)
	if !done { // want `^what m.drop \(line \d+\) gave is judged here before its error`
		return nil
	}
	if err != nil {
		return fmt.Errorf("dropping %s: %w", name, err)
	}
	return nil
}
