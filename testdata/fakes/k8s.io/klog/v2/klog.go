// Package klog stands in for k8s.io/klog/v2.
package klog

type Verbose struct{}

func V(level Level) Verbose { return Verbose{} }

type Level int32

func (v Verbose) Info(args ...interface{})                                   {}
func (v Verbose) Infof(format string, args ...interface{})                   {}
func (v Verbose) InfoS(msg string, keysAndValues ...interface{})             {}
func (v Verbose) ErrorS(err error, msg string, keysAndValues ...interface{}) {}

func Info(args ...interface{})                                   {}
func Infof(format string, args ...interface{})                   {}
func InfoS(msg string, keysAndValues ...interface{})             {}
func Warning(args ...interface{})                                {}
func Warningf(format string, args ...interface{})                {}
func Error(args ...interface{})                                  {}
func Errorf(format string, args ...interface{})                  {}
func ErrorS(err error, msg string, keysAndValues ...interface{}) {}
func Fatal(args ...interface{})                                  { panic(args) }
func Fatalf(format string, args ...interface{})                  { panic(args) }
func Exit(args ...interface{})                                   { panic(args) }
