module go.uber.org/multierr

go 1.26.0
