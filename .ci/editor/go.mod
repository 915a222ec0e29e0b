// What needs a gopls with errvet in it: .ci/gopls builds one and runs the tests here.
module github.com/errvet/errvet/ci/editor

go 1.26.0
