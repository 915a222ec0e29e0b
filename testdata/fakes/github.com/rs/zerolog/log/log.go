// Package log stands in for github.com/rs/zerolog/log.
package log

import "github.com/rs/zerolog"

var Logger = zerolog.Nop()

func Debug() *zerolog.Event                  { return Logger.Debug() }
func Info() *zerolog.Event                   { return Logger.Info() }
func Warn() *zerolog.Event                   { return Logger.Warn() }
func Error() *zerolog.Event                  { return Logger.Error() }
func Err(err error) *zerolog.Event           { return Logger.Err(err) }
func Fatal() *zerolog.Event                  { return Logger.Fatal() }
func Panic() *zerolog.Event                  { return Logger.Panic() }
func Print(v ...interface{})                 {}
func Printf(format string, v ...interface{}) {}
