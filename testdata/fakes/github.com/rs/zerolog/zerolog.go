// Package zerolog stands in for github.com/rs/zerolog.
package zerolog

import "io"

type Logger struct{}

func New(w io.Writer) Logger { return Logger{} }
func Nop() Logger            { return Logger{} }

func (l *Logger) Debug() *Event                          { return &Event{} }
func (l *Logger) Info() *Event                           { return &Event{} }
func (l *Logger) Warn() *Event                           { return &Event{} }
func (l *Logger) Error() *Event                          { return &Event{} }
func (l *Logger) Err(err error) *Event                   { return &Event{} }
func (l *Logger) Fatal() *Event                          { return &Event{} }
func (l *Logger) Panic() *Event                          { return &Event{} }
func (l *Logger) Print(v ...interface{})                 {}
func (l *Logger) Printf(format string, v ...interface{}) {}
func (l Logger) With() Context                           { return Context{} }

type Context struct{}

func (c Context) Err(err error) Context              { return c }
func (c Context) Str(key string, val string) Context { return c }
func (c Context) Logger() Logger                     { return Logger{} }

type Event struct{}

func (e *Event) Err(err error) *Event                       { return e }
func (e *Event) AnErr(key string, err error) *Event         { return e }
func (e *Event) Errs(key string, errs []error) *Event       { return e }
func (e *Event) Str(key string, val string) *Event          { return e }
func (e *Event) Int(key string, i int) *Event               { return e }
func (e *Event) Any(key string, i interface{}) *Event       { return e }
func (e *Event) Interface(key string, i interface{}) *Event { return e }
func (e *Event) Msg(msg string)                             {}
func (e *Event) Msgf(format string, v ...interface{})       {}
func (e *Event) MsgFunc(createMsg func() string)            {}
func (e *Event) Send()                                      {}
