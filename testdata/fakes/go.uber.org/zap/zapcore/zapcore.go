// Package zapcore stands in for go.uber.org/zap/zapcore.
package zapcore

type Field struct{ Key string }
