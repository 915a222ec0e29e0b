// Package retry repeats a call that failed for a passing reason, waits in between, and knows when to stop.
//
//	body, err := retry.Do(ctx, retry.Policy{}, func(ctx context.Context) ([]byte, error) { return fetch(ctx, url) })
//
// # What is repeated
//
// Only an error of which fault.IsTransient says so: marked by fault.Transient or fault.After, saying it itself by a method Transient() bool,
// a timeout, a connection refused or reset. An unknown error is never repeated, since a charge that is made twice costs more
// than one that failed; [Policy.Retry] overrides. Nothing is repeated once ctx is done, whatever the error.
//
// # How long it waits
//
// The wait before the second try is [Policy.Base], then it doubles, up to [Policy.Max]; each is shortened at random
// by up to half ([Policy.Jitter]). A server that asks for a longer wait (fault.RetryAfter) gets it, unless it asks for more than
// Max: then Do stops, since trying earlier is rude and waiting longer is not what the policy says. Do never sleeps into a deadline: where
// the wait would outlast that of ctx, it stops at once, and the time left is the caller's.
//
// # What it gives back
//
// A failure that is not to be repeated comes back from the first try as it is, unwrapped. Otherwise Do returns an [*Error] that keeps both the last
// error and the reason for stopping; errors.Is and errors.As find both.
//
// # With a breaker
//
// Both orders work. breaker.Do outside and retry.Do inside is the default to choose: one failure of the breaker is one exhausted
// retry. With retry.Do outside, a breaker that opens ends the trying at once, as its error is not transient. Nested retries
// multiply: retry in one layer only, or share a [Budget].
//
// Nothing here panics; a panic of the user's function passes through.
package retry
