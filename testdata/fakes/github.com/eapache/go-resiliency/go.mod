module github.com/eapache/go-resiliency

go 1.26.0
