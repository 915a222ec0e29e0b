// Package logrus stands in for github.com/sirupsen/logrus.
package logrus

type Fields map[string]any

type Logger struct{}

type Entry struct{}

type FieldLogger interface {
	WithField(key string, value any) *Entry
	WithFields(fields Fields) *Entry
	WithError(err error) *Entry
}

func New() *Logger                           { return &Logger{} }
func StandardLogger() *Logger                { return &Logger{} }
func WithError(err error) *Entry             { return &Entry{} }
func WithField(key string, value any) *Entry { return &Entry{} }
func WithFields(fields Fields) *Entry        { return &Entry{} }
func Fatal(args ...any)                      { panic(args) }
func Fatalf(format string, args ...any)      { panic(args) }

func (entry *Entry) WithError(err error) *Entry               { return entry }
func (entry *Entry) WithField(key string, value any) *Entry   { return entry }
func (entry *Entry) WithFields(fields Fields) *Entry          { return entry }
func (entry *Entry) Fatal(args ...any)                        { panic(args) }
func (logger *Logger) WithError(err error) *Entry             { return &Entry{} }
func (logger *Logger) WithField(key string, value any) *Entry { return &Entry{} }
func (logger *Logger) WithFields(fields Fields) *Entry        { return &Entry{} }
func (logger *Logger) Fatal(args ...any)                      { panic(args) }

func (entry *Entry) Debug(args ...any)                   {}
func (logger *Logger) Debug(args ...any)                 {}
func Debug(args ...any)                                  {}
func (entry *Entry) Debugf(format string, args ...any)   {}
func (logger *Logger) Debugf(format string, args ...any) {}
func Debugf(format string, args ...any)                  {}
func (entry *Entry) Info(args ...any)                    {}
func (logger *Logger) Info(args ...any)                  {}
func Info(args ...any)                                   {}
func (entry *Entry) Infof(format string, args ...any)    {}
func (logger *Logger) Infof(format string, args ...any)  {}
func Infof(format string, args ...any)                   {}
func (entry *Entry) Warn(args ...any)                    {}
func (logger *Logger) Warn(args ...any)                  {}
func Warn(args ...any)                                   {}
func (entry *Entry) Warnf(format string, args ...any)    {}
func (logger *Logger) Warnf(format string, args ...any)  {}
func Warnf(format string, args ...any)                   {}
func (entry *Entry) Error(args ...any)                   {}
func (logger *Logger) Error(args ...any)                 {}
func Error(args ...any)                                  {}
func (entry *Entry) Errorf(format string, args ...any)   {}
func (logger *Logger) Errorf(format string, args ...any) {}
func Errorf(format string, args ...any)                  {}
