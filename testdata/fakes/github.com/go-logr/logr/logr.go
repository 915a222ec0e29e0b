// Package logr stands in for github.com/go-logr/logr.
package logr

import "context"

type Logger struct{}

func Discard() Logger                                 { return Logger{} }
func FromContextOrDiscard(ctx context.Context) Logger { return Logger{} }

func (l Logger) Info(msg string, keysAndValues ...any)             {}
func (l Logger) Error(err error, msg string, keysAndValues ...any) {}
func (l Logger) V(level int) Logger                                { return l }
func (l Logger) WithName(name string) Logger                       { return l }
func (l Logger) WithValues(keysAndValues ...any) Logger            { return l }
