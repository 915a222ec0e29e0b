// Package zap stands in for go.uber.org/zap.
package zap

import "go.uber.org/zap/zapcore"

type Field = zapcore.Field

type Option interface{ apply(*Logger) }

type Logger struct{}

func NewProduction(options ...Option) (*Logger, error)  { return &Logger{}, nil }
func NewDevelopment(options ...Option) (*Logger, error) { return &Logger{}, nil }
func NewNop() *Logger                                   { return &Logger{} }
func L() *Logger                                        { return &Logger{} }
func S() *SugaredLogger                                 { return &SugaredLogger{} }
func Must(logger *Logger, err error) *Logger {
	if err != nil {
		panic(err)
	}
	return logger
}

func (log *Logger) Debug(msg string, fields ...Field) {}
func (log *Logger) Info(msg string, fields ...Field)  {}
func (log *Logger) Warn(msg string, fields ...Field)  {}
func (log *Logger) Error(msg string, fields ...Field) {}
func (log *Logger) Panic(msg string, fields ...Field) { panic(msg) }
func (log *Logger) Fatal(msg string, fields ...Field) { panic(msg) }
func (log *Logger) With(fields ...Field) *Logger      { return log }
func (log *Logger) Sugar() *SugaredLogger             { return &SugaredLogger{} }
func (log *Logger) Sync() error                       { return sync() }

type SugaredLogger struct{}

func (s *SugaredLogger) Debugw(msg string, keysAndValues ...interface{}) {}
func (s *SugaredLogger) Infow(msg string, keysAndValues ...interface{})  {}
func (s *SugaredLogger) Infof(template string, args ...interface{})      {}
func (s *SugaredLogger) Warnw(msg string, keysAndValues ...interface{})  {}
func (s *SugaredLogger) Warnf(template string, args ...interface{})      {}
func (s *SugaredLogger) Error(args ...interface{})                       {}
func (s *SugaredLogger) Errorf(template string, args ...interface{})     {}
func (s *SugaredLogger) Errorw(msg string, keysAndValues ...interface{}) {}
func (s *SugaredLogger) Fatalf(template string, args ...interface{})     { panic(template) }
func (s *SugaredLogger) With(args ...interface{}) *SugaredLogger         { return s }
func (s *SugaredLogger) Sync() error                                     { return sync() }

func Any(key string, value interface{}) Field { return Field{} }
func ByteString(key string, val []byte) Field { return Field{} }
func Error(err error) Field                   { return Field{} }
func NamedError(key string, err error) Field  { return Field{} }
func Errors(key string, errs []error) Field   { return Field{} }
func String(key string, val string) Field     { return Field{} }
func Int(key string, val int) Field           { return Field{} }

var stdout interface{ Sync() error }

func sync() error { return stdout.Sync() }
