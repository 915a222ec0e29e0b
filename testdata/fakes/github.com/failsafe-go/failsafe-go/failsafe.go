// Package failsafe stands in for github.com/failsafe-go/failsafe-go.
package failsafe

type Policy[R any] interface{ ToExecutor(_ R) any }

type Executor[R any] interface {
	Run(fn func() error) error
	Get(fn func() (R, error)) (R, error)
	RunAsync(fn func() error) ExecutionResult[R]
}

type ExecutionResult[R any] interface {
	Get() (R, error)
	Error() error
}
