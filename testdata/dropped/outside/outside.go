// Package outside is about what dropped errors can come from.
package outside

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/exec"
	"time"
)

// What a call can fail by decides whether dropping its error loses anything.

var errTaken = errors.New("taken")

type registry struct{ names map[string]int }

// add fails over its arguments and over what is in memory: no file or peer has a part in it.
func (r *registry) add(name string, n int) error {
	if n < 0 {
		return fmt.Errorf("%s: %d is negative", name, n)
	}
	if _, taken := r.names[name]; taken {
		return errTaken
	}
	r.names[name] = n
	return nil
}

func (r *registry) save(path string) error {
	if len(r.names) == 0 {
		return nil
	}
	return os.WriteFile(path, fmt.Append(nil, r.names), 0o600)
}

func badVerdict(r *registry) error {
	r.add("metrics", 1) // want `^strict: r.add can fail`
	return nil
}

func badSaved(r *registry) error {
	r.save("registry") // want `^r.save can fail`
	return nil
}

// ask waits for another goroutine, which may never answer.
func ask(question chan<- string, answer <-chan error) error {
	question <- "?"
	select {
	case err := <-answer:
		return err
	case <-time.After(time.Second):
		return errors.New("no answer")
	}
}

func badUnanswered(question chan<- string, answer <-chan error) error {
	ask(question, answer) // want `^ask can fail`
	return nil
}

// Of an interface the types that have it tell: one of these writes to a file.

type keeper interface{ keep(name string) error }

type inMemory map[string]bool

func (m inMemory) keep(name string) error {
	m[name] = true
	return nil
}

type onDisk struct{ dir string }

func (d *onDisk) keep(name string) error { return os.Mkdir(d.dir+"/"+name, 0o700) }

func badKeeper(k keeper) error {
	k.keep("orders") // want `^strict: k.keep can fail`
	return nil
}

// Here none of them can fail.

type counter interface{ count(name string) error }

func (m inMemory) count(string) error { return nil }

type noCounter struct{}

func (noCounter) count(string) error { return nil }

func okCounter(c counter) error {
	c.count("orders")
	return nil
}

// told logs each failure before it gives it back.
func told(path string) error {
	if err := os.Truncate(path, 0); err != nil {
		log.Printf("emptying %s: %v", path, err)
		return err
	}
	if err := os.Chmod(path, 0o400); err != nil {
		log.Printf("sealing %s: %v", path, err)
		return fmt.Errorf("sealing: %w", err)
	}
	return nil
}

func okTold(path string) error {
	told(path)
	return nil
}

// alsoTold passes on the error of told, and names a state that its callers can ask for.
func alsoTold(path string) error {
	if path == "" {
		return errTaken
	}
	return told(path)
}

func okAlsoTold(path string) error {
	alsoTold(path)
	return nil
}

// tellsSome logs on one of its ways only.
func tellsSome(path string) error {
	if err := os.Truncate(path, 0); err != nil {
		return err
	}
	if err := os.Chmod(path, 0o400); err != nil {
		log.Printf("sealing %s: %v", path, err)
		return err
	}
	return nil
}

func badTellsSome(path string) error {
	tellsSome(path) // want `^strict: tellsSome can fail`
	return nil
}

// A comment further up in the block speaks for all that follows closely.

func okWaived(path string) error {
	// The times are for people only: we go on at our best effort,
	// and ignore any error.
	now := time.Now()
	then := now.Add(-time.Hour)
	os.Chtimes(path, then, now) // want `^silenced\(comment\): os.Chtimes can fail`
	return nil
}

func badMustNotIgnore(path string) error {
	// Whatever comes, never ignore an error of these.
	now := time.Now()
	os.Rename(path, path+now.String()) // want `^os.Rename can fail`
	return nil
}

func badOtherBlock(path string, again bool) error {
	if again {
		// A second run may ignore errors.
		return nil
	}
	os.Truncate(path, 0) // want `^os.Truncate can fail`
	return nil
}

// Waiting for a process tells how it ended.

type helper struct{ cmd *exec.Cmd }

func badRun(h *helper) error {
	h.cmd.Wait() // want `^cmd.Wait can fail`
	return nil
}

// What is made of constants fails in the first test, if it fails.

func okConstant() string {
	u, _ := url.Parse("http://localhost:2380")
	return u.Host
}

func badFromUser(addr string) string {
	u, _ := url.Parse(addr) // want `^the error of url.Parse is thrown away, and u, which is nil if it fails`
	return u.Host
}

func badAskedByLength(addr string) (string, bool) {
	b, _ := os.ReadFile(addr) // want `^strict: the error of os.ReadFile is thrown away`
	if len(b) == 0 {
		return "", false
	}
	return string(b[0]), true
}

// Of these, each could be taken for one of those above.

func okChecked(r *registry) error {
	if err := r.save("registry"); err != nil {
		return err
	}
	return r.add("more", 1)
}

func okExplained(r *registry) error {
	r.save("registry") // the next start writes it anew // want `^silenced\(comment\): r.save can fail`
	return nil
}

func okAskedKeeper(k keeper) bool { return k.keep("orders") == nil }

func okCleanUp(r *registry, path string) error {
	if err := r.add("x", -1); err != nil {
		os.Remove(path)
		return err
	}
	return nil
}

func okWaiting(question chan<- string, answer <-chan error) error {
	return ask(question, answer)
}

func okReap(h *helper) error { return h.cmd.Wait() }

func okConstantAgain() *url.URL {
	u, _ := url.Parse("https://example.com/")
	return u
}

func okMemory(m inMemory) {
	m.keep("orders")
}

func okToldTwice(path string) error {
	told(path)
	alsoTold(path)
	return nil
}

func okWaivedInBranch(path string, old bool) error {
	if old {
		// errors are ignored here, since the file may be gone
		next := path + ".old"
		os.Rename(path, next) // want `^silenced\(comment\): os.Rename can fail`
	}
	return nil
}

func badAllConstant() string {
	u, _ := url.ParseRequestURI("/metrics") // want `^strict: the error of url.ParseRequestURI`
	return u.Path
}

func okTaken(r *registry) (err error) {
	err = r.save("registry")
	return err
}

func okHanded(r *registry, report func(error)) {
	report(r.save("registry"))
}

func okCheckedRename(path string) error {
	// Never ignore the error of a rename.
	return os.Rename(path, path+".old")
}

func okLogged(path string) {
	if err := os.Remove(path); err != nil {
		log.Print(err)
	}
}

func okKept(r *registry, errs *[]error) {
	*errs = append(*errs, r.save("registry"))
}

// What fails only because something came to its end tells its caller nothing new.

var errStopped = errors.New("stopped")

type feed struct {
	in   chan string
	quit chan struct{}
}

func (f *feed) push(s string) error {
	select {
	case f.in <- s:
		return nil
	case <-f.quit:
		return errStopped
	}
}

func (f *feed) pushUnder(ctx context.Context, s string) error {
	select {
	case f.in <- s:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("pushing %q: %w", s, ctx.Err())
	case <-f.quit:
		return errStopped
	}
}

func (f *feed) offer(ctx context.Context, s string) error {
	select {
	case f.in <- s:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// In time, or not at all.
func (f *feed) pushSoon(s string) error {
	select {
	case f.in <- s:
		return nil
	case <-time.After(time.Second):
		return errStopped
	}
}

// push, for others.
type pusher interface{ push(s string) error }

func badEnd(f *feed) error {
	f.push("a") // want `^strict: f.push can fail`
	return nil
}

func badEndOfEither(ctx context.Context, f *feed) error {
	f.pushUnder(ctx, "a") // want `^strict: f.pushUnder can fail`
	return nil
}

func badEndOfContext(ctx context.Context, f *feed) error {
	f.offer(ctx, "a") // want `^strict: f.offer can fail`
	return nil
}

func badEndByMethod(p pusher) error {
	p.push("a") // want `^strict: p.push can fail`
	return nil
}

func okNoEnd(f *feed) error {
	f.offer(context.Background(), "a")
	return nil
}

func okNoEndInVariable(f *feed) error {
	ctx := context.WithoutCancel(context.TODO())
	f.offer(ctx, "a")
	return nil
}

func badTimeIsOver(f *feed) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	f.offer(ctx, "a") // want `^f.offer can fail`
	return nil
}

func badTooLate(f *feed) error {
	f.pushSoon("a") // want `^f.pushSoon can fail`
	return nil
}

func okNoEndOfEither(f *feed) error {
	f.offer(context.TODO(), "a")
	f.offer(context.WithValue(context.Background(), &errStopped, 1), "b")
	return nil
}

func okNoEndDeferred(f *feed) error {
	defer f.offer(context.Background(), "a")
	return nil
}

func okEndReturned(f *feed) error { return f.push("a") }

func okEndOfContextReturned(ctx context.Context, f *feed) error {
	if err := f.offer(ctx, "a"); err != nil {
		return err
	}
	return f.pushUnder(ctx, "b")
}

func okTooLateReturned(f *feed) error {
	err := f.pushSoon("a")
	return err
}

func okTooLateLogged(f *feed) {
	if err := f.pushSoon("a"); err != nil {
		log.Print(err)
	}
}

func okEndByMethodReturned(p pusher) error {
	return p.push("a")
}

func okEndWaived(f *feed) error {
	// Whoever stopped it wants no more of this.
	f.pushSoon("a") // want `^silenced\(comment\): f.pushSoon can fail`
	return nil
}

func okEndKept(f *feed, errs *[]error) {
	*errs = append(*errs, f.push("a"))
}

func okEndHanded(f *feed, report func(error)) {
	report(f.pushUnder(context.Background(), "a"))
}

// A callee that has told of each of its failures needs nobody to tell of them again.

func toldNaked(path string) (err error) {
	if err = os.Chdir(path); err != nil {
		log.Print(err)
	}
	return
}

func toldAtExit(path string) (err error) {
	defer func() {
		if err != nil {
			log.Print(err)
		}
	}()
	return os.Chdir(path)
}

func toldButStates(f *feed, path string) error {
	if err := os.Chdir(path); err != nil {
		if !errors.Is(err, errStopped) {
			log.Print(err)
		}
		return err
	}
	return f.push(path)
}

func toldOnChannel(c chan<- error, path string) error {
	err := os.Chdir(path)
	if err != nil {
		c <- err
	}
	return err
}

type goer interface{ goTo(path string) error }

type teller struct{ last string }

func (t *teller) goTo(path string) error {
	t.last = path
	return toldNaked(path)
}

func okToldNaked(path string) error {
	toldNaked(path)
	return nil
}

func okToldAtExit(path string) error {
	toldAtExit(path)
	return nil
}

func okToldButStates(f *feed, path string) error {
	toldButStates(f, path)
	return nil
}

func okToldOnChannel(c chan<- error, path string) error {
	toldOnChannel(c, path)
	return nil
}

func okToldByMethod(g goer, path string) error {
	g.goTo(path)
	return nil
}

func okToldByClosure(path string) error {
	enter := func() error {
		err := os.Chdir(path)
		if err != nil {
			log.Print(err)
		}
		return err
	}
	enter()
	return nil
}

func toldSometimes(path string) error {
	if err := toldNaked(path); err != nil {
		return err
	}
	return os.Remove(path)
}

func badToldSometimes(path string) error {
	toldSometimes(path) // want `^toldSometimes can fail`
	return nil
}
