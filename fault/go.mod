module github.com/errvet/errvet/fault

go 1.26
