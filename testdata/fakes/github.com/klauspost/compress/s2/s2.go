// Package s2 stands in for github.com/klauspost/compress/s2.
package s2

import "io"

type Writer struct{ w io.Writer }

type WriterOption func(*Writer) error

func NewWriter(w io.Writer, opts ...WriterOption) *Writer { return &Writer{w} }
func WriterSnappyCompat() WriterOption                    { return func(w *Writer) error { return nil } }

func (w *Writer) Write(p []byte) (nRet int, errRet error) { return w.w.Write(p) }
func (w *Writer) Flush() error                            { _, err := w.w.Write(nil); return err }
func (w *Writer) Close() error                            { return w.Flush() }
