// Package breaker is a circuit breaker: it stops calling a dependency that fails, lets it recover, and
// tries it again with a few calls.
//
//	api := breaker.New(breaker.Config{Name: "api"})
//	body, err := breaker.Do(ctx, api, func(ctx context.Context) ([]byte, error) { return fetch(ctx, url) })
//
// # States
//
// Closed: calls pass. After [Config.Failures] failures in a row, or when a share of the calls in
// [Config.Window] failed or were slow, the breaker opens. Open: calls are refused at once with an [OpenError], until
// the cooldown is over. HalfOpen: [Config.Probes] trial calls pass, the others are refused; when that many have
// succeeded the breaker closes, one failure opens it again. Isolated: opened by hand, until [Breaker.Close].
//
// The end of the cooldown is a timer, not a goroutine, and it changes the state by itself: State is true
// without traffic.
//
// # What counts
//
// Three outcomes, not two. A failure is any error that is not one of the following, a panic, runtime.Goexit,
// and, where [Config.Slow] is set, a call that took too long. An unknown error is a failure: to
// open too early costs little, while package retry, where a mistake repeats a charge, never repeats one. A success is
// a nil error, and an error that is declared permanent (fault.Permanent: no such user, card declined), by
// which a dependency shows that it works. Neutral, as if the call had not been made, are: a caller who went away, [Config.Ignored]
// errors, and the open error of another breaker further in.
//
// Whether the caller went away is decided by ctx.Err() being context.Canceled, not by the error that came
// back, so a cause given to context.WithCancelCause or an error of a driver's own changes nothing. A deadline of
// the caller counts as a failure: a slow dependency looks like that. [Config.Failed] overrides what the package
// thinks of an error; a caller's cancel stays neutral, since a Failed that lists the harmless errors would
// otherwise count every closed browser tab.
//
// A result counts only in the period in which its call began: a call from before the breaker opened neither
// closes nor opens it later. A trial call that does not come back loses its place after one cooldown (then
// two, four, …) to another, and its late result is ignored.
//
// # Limits
//
// Calls already under way when the breaker opens are not stopped; cancel them by ctx if they should be. State is per
// process and not shared between machines. Only the monotonic clock is read, so a change of the wall
// clock moves nothing. Timers belong to the synctest bubble they are started in: a breaker that is tested
// in a bubble is to be made in it.
//
// Nothing here panics, with one exception: a *Breaker that is nil or was not made by [New]. Panics of the
// user's own functions pass through, after they were counted.
package breaker
