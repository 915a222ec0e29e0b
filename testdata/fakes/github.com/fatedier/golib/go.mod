module github.com/fatedier/golib

go 1.26.0
