module github.com/samber/oops

go 1.26.0
