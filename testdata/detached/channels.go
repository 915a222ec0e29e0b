package detached

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log"
	"sync"
	"time"
)

type result struct {
	data []byte
	err  error
}

func badNeverRead() {
	errc := make(chan error, 1)
	go func() {
		errc <- work() // want `^nobody receives from errc: the error sent here is lost$`
	}()
}

func badNeverReadResults(names []string) {
	results := make(chan result, len(names))
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			data, err := load(name)
			results <- result{data, err} // want `^nobody receives from results`
		})
	}
	wg.Wait()
	close(results)
}

type watcher struct {
	failed chan error
	done   chan struct{}
}

func newWatcher() *watcher {
	return &watcher{failed: make(chan error, 8), done: make(chan struct{})}
}

func badNeverReadField(w *watcher) {
	if err := work(); err != nil {
		w.failed <- err // want `^nobody receives from failed`
	}
	close(w.done)
}

func badReaderLeaves(ctx context.Context) error {
	errc := make(chan error)
	go func() { errc <- work() }() // want `^once the function leaves on line \d+, nobody receives from errc: this blocks for ever, and the error is lost$`
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// cri-o: the error is one of the fields of what is sent.
func badReaderLeavesResult(load func() (string, error)) (string, error) {
	type loaded struct {
		text string
		err  error
	}
	ch := make(chan loaded)
	go func() {
		text, err := load()
		if err != nil {
			ch <- loaded{err: err} // want `^once the function leaves on line \d+, nobody receives from ch`
			return
		}
		ch <- loaded{text: text}
		close(ch)
	}()
	var text string
	select {
	case l := <-ch:
		if l.err != nil {
			return "", l.err
		}
		text = l.text
	case <-time.After(time.Minute):
		return "", errors.New("too late")
	}
	return text, nil
}

func okReaderWaitsForResult(load func() (string, error)) (string, error) {
	type loaded struct {
		text string
		err  error
	}
	ch := make(chan loaded)
	go func() {
		text, err := load()
		ch <- loaded{text, err}
		close(ch)
	}()
	select {
	case l := <-ch:
		return l.text, l.err
	case <-time.After(time.Minute):
		log.Print("still loading")
	}
	l := <-ch
	return l.text, l.err
}

func okReaderLeavesRoom(load func() (string, error)) (string, error) {
	type loaded struct {
		text string
		err  error
	}
	ch := make(chan loaded, 1)
	go func() {
		defer close(ch)
		text, err := load()
		ch <- loaded{text, err}
	}()
	select {
	case l := <-ch:
		return l.text, l.err
	case <-time.After(time.Minute):
		return "", errors.New("too late")
	}
}

// vmctl: what is looked at here cannot fail.
func okCannotLeave(w io.Writer) error {
	errc := make(chan error)
	go func() { errc <- work() }()
	if _, err := gzip.NewWriterLevel(w, gzip.BestSpeed); err != nil {
		return err
	}
	return <-errc
}

func okCannotLeavePipe(r *io.PipeReader, w *io.PipeWriter) error {
	errc := make(chan error)
	go func() { errc <- work() }()
	if err := w.Close(); err != nil {
		return err
	}
	return <-errc
}

func badReaderTimesOut() (result, error) {
	c := make(chan result)
	go func() {
		data, err := load("slow")
		c <- result{data, err} // want `^once the function leaves on line \d+, nobody receives from c`
	}()
	select {
	case r := <-c:
		return r, r.err
	case <-time.After(time.Second):
		return result{}, errors.New("timed out")
	}
}

func badReaderFailsFirst() error {
	errc := make(chan error)
	go func() { errc <- work() }() // want `^once the function leaves on line \d+, nobody receives from errc`
	if err := workOn("first"); err != nil {
		return err
	}
	return <-errc
}

func badFirstOfMany(names []string) error {
	errc := make(chan error)
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	for range names {
		if err := <-errc; err != nil {
			return err // want `^leaving here, nobody receives from errc`
		}
	}
	return nil
}

func badFirstOfThree() error {
	errc := make(chan error)
	go func() { errc <- workOn("a") }()
	go func() { errc <- workOn("b") }()
	go func() {
		err := workOn("c")
		if err != nil {
			err = errors.Join(errors.New("the last"), err)
		}
		errc <- err
	}()
	for i := 0; i < 3; i++ {
		if err := <-errc; err != nil {
			return err // want `^leaving here`
		}
	}
	return nil
}

func perform(names []string, fn func(string) error, errs chan<- error) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			errs <- fn(name)
			wg.Done()
		}()
	}
	wg.Wait()
}

func badPerform(names []string) error {
	errs := make(chan error)
	go perform(names, workOn, errs)
	for range names {
		err := <-errs
		if err != nil {
			return err // want `^leaving here`
		}
	}
	return nil
}

func badTooSmall(names []string) error {
	errc := make(chan error, 1)
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	for range names {
		if err := <-errc; err != nil {
			return err // want `^leaving here`
		}
	}
	return nil
}

func badDefaultRead() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	default: // want `^this default does not wait for errc: an error that the goroutine started on line \d+ sends later is lost$`
	}
	return nil
}

func badDefaultSend() error {
	errc := make(chan error)
	go func() {
		select {
		case errc <- work(): // want `^errc holds nothing, so unless somebody receives just then, the default drops this error$`
		default:
		}
	}()
	if err := workOn("beside"); err != nil {
		return err
	}
	return <-errc
}

func okBuffered(ctx context.Context) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func okSendOrLeave(ctx context.Context) error {
	errc := make(chan error)
	go func() {
		select {
		case errc <- work():
		case <-ctx.Done():
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func okReceived() error {
	errc := make(chan error)
	go func() { errc <- work() }()
	if err := workOn("beside"); err != nil {
		return errors.Join(err, <-errc)
	}
	return <-errc
}

func okDrained(names []string) error {
	errc := make(chan error)
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	var all []error
	for range names {
		if err := <-errc; err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

func okDeferredDrain() error {
	errc := make(chan error)
	go func() { errc <- work() }()
	defer func() {
		if err := <-errc; err != nil {
			log.Print(err)
		}
	}()
	return workOn("beside")
}

func okBufferForAll(names []string) error {
	errc := make(chan error, len(names))
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	for range names {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func okBufferForTwo() error {
	errc := make(chan error, 2)
	go func() { errc <- workOn("a") }()
	go func() { errc <- workOn("b") }()
	return <-errc
}

func okDefaultAfterWait() error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := work(); err != nil {
			errc <- err
		}
	})
	wg.Wait()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func okPolledInLoop(names []string) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	for _, name := range names {
		select {
		case err := <-errc:
			return err
		default:
			use(name)
		}
	}
	return <-errc
}

func okFirstErrorWins(names []string) error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			if err := workOn(name); err != nil {
				select {
				case errc <- err:
				default:
				}
			}
		})
	}
	wg.Wait()
	close(errc)
	return <-errc
}

func okDefaultLogs() error {
	errc := make(chan error)
	go func() {
		if err := work(); err != nil {
			select {
			case errc <- err:
			default:
				log.Printf("nobody listens: %v", err)
			}
		}
	}()
	return <-errc
}

func okGivenAway() <-chan error {
	errc := make(chan error)
	go func() { errc <- work() }()
	return errc
}

func okHandedOn(w *watcher) {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	w.listen(errc)
}

func (w *watcher) listen(errc <-chan error) {
	for err := range errc {
		log.Print(err)
	}
}

func okRanged(names []string) error {
	errc := make(chan error)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { errc <- workOn(name) })
	}
	go func() {
		wg.Wait()
		close(errc)
	}()
	var all []error
	for err := range errc {
		all = append(all, err)
	}
	return errors.Join(all...)
}

func okStopsThenReceives(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errc := make(chan error)
	go func() { errc <- serve(ctx) }()
	select {
	case <-ctx.Done():
	case <-time.After(time.Minute):
		cancel()
	}
	return <-errc
}

func okWorkers(names []string) error {
	jobs := make(chan string)
	errc := make(chan error)
	go func() {
		defer close(jobs)
		for _, name := range names {
			jobs <- name
		}
	}()
	for range 4 {
		go func() {
			for name := range jobs {
				errc <- workOn(name)
			}
		}()
	}
	var first error
	for range names {
		if err := <-errc; err != nil && first == nil {
			first = err
		}
	}
	return first
}

type server struct {
	errc chan error
}

func okField(s *server) {
	go func() { s.errc <- work() }()
}

func (s *server) okFieldWait() error { return <-s.errc }

// Errors is read by others.
type Errors struct{ C chan error }

func okExportedField(e *Errors) {
	e.C <- work()
}

func okFirstWinsWithRoom(ctx context.Context) error {
	errc := make(chan error, 3)
	go func() { errc <- workOn("a") }()
	go func() { errc <- workOn("b") }()
	go func() { errc <- workOn("c") }()
	for range 3 {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func okInTurn(names []string) error {
	for _, name := range names {
		errc := make(chan error)
		go func() { errc <- workOn(name) }()
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func okReceivedBothWays(ctx context.Context, cancel func()) error {
	errc := make(chan error)
	go func() { errc <- serve(ctx) }()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		cancel()
		<-errc
		return ctx.Err()
	}
}

func okCounted(names []string) error {
	errc := make(chan error)
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	var failed int
	for i := 0; i < len(names); i++ {
		if err := <-errc; err != nil {
			failed++
		}
	}
	if failed > 0 {
		return errors.New("some failed")
	}
	return nil
}

func okLoopUntilClosed(w *watcher) error {
	errc := make(chan error)
	go func() {
		defer close(errc)
		for range 3 {
			if err := work(); err != nil {
				errc <- err
			}
		}
	}()
	for {
		select {
		case err, more := <-errc:
			if !more {
				return nil
			}
			log.Print(err)
		case <-w.done:
			for err := range errc {
				log.Print(err)
			}
			return errors.New("stopped")
		}
	}
}

func okExits() error {
	errc := make(chan error)
	go func() { errc <- work() }()
	if err := workOn("first"); err != nil {
		log.Fatal(err)
	}
	return <-errc
}

// What comes behind the send runs earlier once there is room.
func badWorksOn(ctx context.Context) error {
	errc := make(chan error)
	go func() {
		errc <- work() // want `^once the function leaves`
		use("sent")
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func badInRounds(names []string) error {
	errc := make(chan error)
	go func() { errc <- workOn("first") }()
	for range 3 {
		go func() { errc <- workOn("round") }()
	}
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	for range len(names) + 4 {
		if err := <-errc; err != nil {
			return err // want `^leaving here`
		}
	}
	return nil
}

// How many there are is known too late.
func badCountedLater(more func() []string) error {
	errc := make(chan error)
	names := more()
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	for range names {
		if err := <-errc; err != nil {
			return err // want `^leaving here`
		}
	}
	return nil
}

func okEachRoom(names []string) error {
	for _, name := range names {
		errc := make(chan error, 1)
		go func() { errc <- workOn(name) }()
		select {
		case err := <-errc:
			return err
		case <-time.After(time.Second):
		}
	}
	return nil
}

func okRoomForRounds(names []string) error {
	errc := make(chan error, len(names)+4)
	go func() { errc <- workOn("first") }()
	for range 3 {
		go func() { errc <- workOn("round") }()
	}
	for _, name := range names {
		go func() { errc <- workOn(name) }()
	}
	for range len(names) + 4 {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func okPerformWithRoom(names []string) error {
	errs := make(chan error, len(names))
	go perform(names, workOn, errs)
	for range names {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

func okAllReceivedInTurn(names []string) (err error) {
	errc := make(chan error)
	go func() { errc <- workOn("first") }()
	go func() { errc <- workOn("second") }()
	for range 2 {
		err = errors.Join(err, <-errc)
	}
	return err
}

func okRoomAndDeadline(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	errc := make(chan error, 1)
	go func() {
		errc <- serve(ctx)
		use("sent")
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// What comes on the other channel comes in place of the error.
func okInsteadOf(ask func() (string, error), quit <-chan struct{}) (string, error) {
	failed := make(chan error)
	answered := make(chan string)
	go func() {
		answer, err := ask()
		if err != nil {
			failed <- err
			return
		}
		answered <- answer
	}()
	for {
		select {
		case err := <-failed:
			return "", err
		case answer := <-answered:
			return answer, nil
		}
	}
}

// lnd: one is started each turn, and received from before the next.
func okOneEachTurn(ask func() (bool, error), quit <-chan struct{}) error {
	type answer struct {
		done bool
		err  error
	}
	answers := make(chan answer, 1)
	for {
		go func() {
			done, err := ask()
			answers <- answer{done, err}
		}()
		select {
		case <-quit:
			return nil
		case a := <-answers:
			if a.err != nil {
				return a.err
			}
			if a.done {
				return nil
			}
			select {
			case <-quit:
				return nil
			case <-time.After(time.Second):
			}
		}
	}
}

func okOneEachTurnUnbuffered(names []string) error {
	errc := make(chan error)
	for _, name := range names {
		go func() { errc <- workOn(name) }()
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func badNotEachTurn(names []string, now func(string) bool) error {
	errc := make(chan error, 1)
	for _, name := range names {
		go func() { errc <- workOn(name) }()
		if !now(name) {
			continue
		}
		if err := <-errc; err != nil {
			return err // want `^leaving here, nobody receives from errc`
		}
	}
	return nil
}

func badTwoEachTurn(names []string) error {
	errc := make(chan error)
	for _, name := range names {
		go func() { errc <- workOn(name) }()
		go func() { errc <- workOn(name) }()
		for range 2 {
			if err := <-errc; err != nil {
				return err // want `^leaving here, nobody receives from errc`
			}
		}
	}
	return nil
}

// telegraf: the sender returns with the first error that it sends.

func sendAll(names []string, list chan<- result) {
	defer close(list)
	for _, name := range names {
		data, err := load(name)
		if err != nil {
			list <- result{err: err}
			return
		}
		list <- result{data: data}
	}
}

func okSenderEnds(names []string) error {
	list := make(chan result)
	go sendAll(names, list)
	for r := range list {
		if r.err != nil {
			return r.err
		}
		use(string(r.data))
	}
	return nil
}

func okSenderEndsHere(names []string) error {
	errc := make(chan error)
	go func() {
		for _, name := range names {
			if err := workOn(name); err != nil {
				errc <- err
				return
			}
			errc <- nil
		}
	}()
	for range names {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func okSenderEndsSkipped(names []string) error {
	list := make(chan result)
	go sendAll(names, list)
	for r := range list {
		if r.err != nil {
			return r.err
		}
		if err := workOn(string(r.data)); err != nil {
			log.Print(err)
			continue
		}
	}
	return nil
}

func okSenderEndsGathered(names []string) error {
	list := make(chan result)
	go sendAll(names, list)
	var all []error
	for r := range list {
		all = append(all, r.err)
	}
	return errors.Join(all...)
}

// What it cannot work on makes the reader leave, too.
func badSenderGoesOn(names []string) error {
	list := make(chan result)
	go sendAll(names, list)
	for r := range list {
		if r.err != nil {
			return r.err
		}
		if err := workOn(string(r.data)); err != nil {
			return err // want `^leaving here, nobody receives from list any more`
		}
	}
	return nil
}

// It may hold an error, and another follows.
func badSenderNeverEnds(names []string) error {
	list := make(chan result)
	go func() {
		defer close(list)
		for _, name := range names {
			data, err := load(name)
			list <- result{data, err}
		}
	}()
	for r := range list {
		if r.err != nil {
			return r.err // want `^leaving here, nobody receives from list any more`
		}
	}
	return nil
}

// A result that has a name is the caller's.

// juju
func okNamedChannel(work func() error) (errc chan error) {
	errc = make(chan error, 1)
	go func() {
		if err := work(); err != nil {
			errc <- err
			return
		}
		errc <- nil
	}()
	return
}

func okNamedChannels(work func() error) (done chan struct{}, errc chan error) {
	done, errc = make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(done)
		errc <- work()
	}()
	return
}

// A parameter's name is nobody's who calls.
func badUnnamedChannel(work func() error, errc chan error) (done chan struct{}) {
	errc, done = make(chan error, 1), make(chan struct{})
	go func() {
		defer close(done)
		errc <- work() // want `^nobody receives from errc: the error sent here is lost$`
	}()
	return
}
