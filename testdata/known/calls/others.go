package calls

import (
	"bytes"
	"context"
	"net/http"
	"testing"

	"github.com/alecthomas/kingpin/v2"
	"github.com/cenkalti/backoff/v4"
	cockroach "github.com/cockroachdb/errors"
	"github.com/errvet/errvet/fault"
	"github.com/go-logr/logr"
	"github.com/klauspost/compress/s2"
	pkgerrors "github.com/pkg/errors"
	"github.com/rs/zerolog"
	zlog "github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"github.com/sony/gobreaker/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/multierr"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"

	v1 "errvet.test/testdata/listers/orders/v1"
)

func loggers(z *zap.Logger, s *zap.SugaredLogger, zl *zerolog.Logger, lr logr.Logger, e logrus.FieldLogger, err error) {
	z.Error("x", zap.Error(err))        // want "^kind log; arg 0 logs; arg 1 logs$"
	z.Error("x", zap.Int("n", 1))       // want "^kind log log-no-error; arg 0 logs; arg 1 logs$"
	s.Errorf("x: %v", err)              // want "^kind log; arg 1 logs$"
	z.Sync()                            // want "^harmless; kind flush outside$"
	zl.Error().Err(err).Msg("x")        // want "^kind log; arg 0 logs$"
	zl.Error().Str("a", "b").Msg("x")   // want "^kind log log-no-error; arg 0 logs$"
	lr.Error(err, "x", "k", 1)          // want "^kind log; arg 0 logs; arg 2 logs; arg 3 logs$"
	logrus.WithError(err).Error("x")    // want "^kind log; arg 0 logs$"
	logrus.WithField("a", 1).Error("x") // want "^kind log log-no-error; arg 0 logs$"
	e.WithError(err)                    // want "^arg 0 logs$"
	klog.ErrorS(err, "x")               // want "^kind log; arg 0 logs$"
	zap.Error(err)                      // want "^arg 0 logs$"
	zap.Must(zap.NewProduction())       // a spread call: nothing to say of its one argument
}

// What a chain of calls begins with decides what its end does.
func chains(zl *zerolog.Logger, own struct{ zerolog.Logger }, err error) {
	zl.Fatal().Err(err).Msg("x")                          // want "^noreturn; kind log; arg 0 logs$"
	own.Panic().Str("a", "b").Err(err).Send()             // want "^noreturn; kind log$"
	zlog.Fatal().Msgf("x: %v", err)                       // want "^noreturn; kind log; arg 1 logs$"
	zlog.Panic().MsgFunc(func() string { return "x" })    // want "^noreturn; kind log log-no-error$"
	zlog.Error().Err(err).Msg("x")                        // want "^kind log; arg 0 logs$"
	zlog.Error().Any("x", zlog.Fatal()).Err(err).Msg("x") // want "^kind log; arg 0 logs$"
	zlog.Fatal().Err(err)                                 // want "^arg 0 logs$"
	event := zlog.Fatal()
	event.Err(err).Send() // want "^noreturn; kind log$"
}

// Loggers of one's own that have such forms.

type eventLogger struct{ fatal bool }

func (l *eventLogger) Fatal() *logEvent { return &logEvent{l} }
func (l *eventLogger) Error() *logEvent { return &logEvent{l} }

type logEvent struct{ l *eventLogger }

func (e *logEvent) Err(err error) *logEvent { return e }
func (e *logEvent) Msg(text string)         { write(text, e.l.fatal) }

type chainLogger interface {
	WithError(err error) chainLogger
	WithFatal() chainLogger
	Errorf(format string, args ...any)
	Level() int
}

type options struct{}

func (options) WithFatal() options { return options{} }
func (options) New() chainLogger   { return nil }

func write(text string, fatal bool) {
	if fatal {
		panic(text)
	}
}

func ownChains(l *eventLogger, c chainLogger, o options, err error) {
	l.Fatal().Err(err).Msg("x") // want "^noreturn$"
	l.Error().Err(err).Msg("x")
	c.WithFatal().Errorf("x: %v", err)       // want "^noreturn; kind log; arg 0 logs; arg 1 logs$"
	c.WithError(err).WithFatal().Errorf("x") // want "^noreturn; kind log; arg 0 logs$"
	c.WithFatal().WithError(err).Errorf("x") // want "^noreturn; kind log; arg 0 logs$"
	c.WithError(err).Errorf("x")             // want "^kind log; arg 0 logs$"
	o.WithFatal().New().Errorf("x")          // want "^kind log log-no-error; arg 0 logs$"
	c.WithFatal().Level()
}

func wrappers(err error) {
	pkgerrors.Wrap(err, "x")       // want "^follows 0; arg 0 wraps$"
	pkgerrors.Errorf("x: %w", err) // want "^fails; kind verdict; arg 1 flattens$"
	cockroach.Wrapf(err, "x")      // want "^follows 0; arg 0 wraps$"
	cockroach.Handled(err)         // want "^follows 0; arg 0 flattens$"
	multierr.Append(err, nil)      // want "^arg 0 wraps returns; arg 1 wraps returns$"
	fault.Transient(err)           // want "^follows 0; arg 0 wraps$"
	fault.IsTransient(err)         // want "^arg 0 tests; tells 0 true=non-nil$"
	backoff.Permanent(err)         // want "^follows 0; arg 0 wraps$"
}

func runners(ctx context.Context, g *errgroup.Group, cb *gobreaker.CircuitBreaker[int]) {
	g.Go(nil)               // want "^kind spawn; arg 0 calls-later$"
	cb.Execute(nil)         // want "^arg 0 calls; sentinels github.com/sony/gobreaker/v2.ErrOpenState github.com/sony/gobreaker/v2.ErrTooManyRequests$"
	backoff.Retry(nil, nil) // want "^kind wait; arg 0 calls$"
}

func tests(t *testing.T, err error, r *http.Response) {
	t.Fatal(err)                // want "^noreturn; kind log; arg 0 logs exits$"
	t.Error(err)                // want "^kind log; arg 0 logs$"
	require.NoError(t, err)     // want "^arg 1 panics$"
	require.New(t).NoError(err) // want "^arg 0 panics$"
	assert.NoError(t, err)      // want "^arg 1 logs; tells 1 true=nil false=non-nil$"
	require.Nil(t, err)         // want "^arg 1 panics$"
}

func commands(err error) {
	kingpin.FatalIfError(err, "x") // want "^arg 0 prints panics$"
	kingpin.Fatalf("x")            // want "^noreturn$"
}

func stores(s cache.Store, i cache.Indexer) {
	s.GetByKey("x")                               // want "^infallible$"
	i.GetByKey("x")                               // want "^infallible$"
	i.ByIndex("", "")                             // want `^infallible$`
	cache.MetaNamespaceKeyFunc(s)                 // want "^infallible$"
	cache.DeletionHandlingMetaNamespaceKeyFunc(s) // want "^infallible$"
}

func listers(o v1.OrderLister, c v1.Catalog) {
	o.List("") // want "^infallible$"
	o.Get("x") // want "^nil-on-error 0$"
	o.Refresh("x")
	c.Get("x")
}

func compressors(b *bytes.Buffer, w http.ResponseWriter) {
	m := s2.NewWriter(b)
	m.Write(nil) // want "^infallible; kind write"
	m.Close()    // want "^infallible; kind close flush persist"
	r := s2.NewWriter(w)
	r.Close() // want "^harmless; kind close flush persist"
}
