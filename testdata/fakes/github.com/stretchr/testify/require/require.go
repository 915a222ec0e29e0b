// Package require stands in for github.com/stretchr/testify/require.
package require

type TestingT interface {
	Errorf(format string, args ...interface{})
	FailNow()
}

type Assertions struct{ t TestingT }

func New(t TestingT) *Assertions                                                           { return &Assertions{t} }
func NoError(t TestingT, err error, msgAndArgs ...interface{})                             { return }
func (a *Assertions) NoError(err error, msgAndArgs ...interface{})                         { return }
func Error(t TestingT, err error, msgAndArgs ...interface{})                               { return }
func (a *Assertions) Error(err error, msgAndArgs ...interface{})                           { return }
func ErrorIs(t TestingT, err error, target error, msgAndArgs ...interface{})               { return }
func (a *Assertions) ErrorIs(err error, target error, msgAndArgs ...interface{})           { return }
func ErrorContains(t TestingT, theError error, contains string, msgAndArgs ...interface{}) { return }
func (a *Assertions) ErrorContains(theError error, contains string, msgAndArgs ...interface{}) {
	return
}
func Nil(t TestingT, object interface{}, msgAndArgs ...interface{})                         { return }
func (a *Assertions) Nil(object interface{}, msgAndArgs ...interface{})                     { return }
func NotNil(t TestingT, object interface{}, msgAndArgs ...interface{})                      { return }
func (a *Assertions) NotNil(object interface{}, msgAndArgs ...interface{})                  { return }
func Equal(t TestingT, expected interface{}, actual interface{}, msgAndArgs ...interface{}) { return }
func (a *Assertions) Equal(expected interface{}, actual interface{}, msgAndArgs ...interface{}) {
	return
}
