// Package glog stands in for github.com/golang/glog.
package glog

func Info(args ...any)                    {}
func Infof(format string, args ...any)    {}
func Warning(args ...any)                 {}
func Warningf(format string, args ...any) {}
func Error(args ...any)                   {}
func Errorf(format string, args ...any)   {}
func Fatal(args ...any)                   { panic(args) }
func Exitf(format string, args ...any)    { panic(args) }
