// What needs a golangci-lint with errvet in it: .ci/golangci builds one and runs the tests here.
module github.com/errvet/errvet/ci/linter

go 1.26.0
