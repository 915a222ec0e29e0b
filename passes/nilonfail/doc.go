// Package nilonfail finds failures that are told by a nil result only.
//
// # What is flagged
//
// In the default tier, a function without an error result that answers nil (a pointer, function or interface) where an
// error is known to be set and leaves no trace of it, if a caller in the same package uses that result and nowhere asks
// whether it is nil:
//
//	data, err := os.ReadFile(path)
//	if err != nil {
//		return nil
//	}
//
// In the strict tier, nil for a failure that no caller is seen to trip over; a function with an error result that returns
// nil for everything there, of which none of six on large trees was a mistake:
//
//	data, err := os.ReadFile(path)
//	if err != nil {
//		return nil, nil
//	}
//
// And nil, nil without an error at hand; where a function of the same package uses the result as soon as the error is nil,
// the finding names that caller, who mostly has a reason to know that there is one:
//
//	for _, other := range all {
//		if other.Name == p.Name {
//			return other, nil
//		}
//	}
//	return nil, nil
//
// It adds false and other zero values; calls that can be seen to fail by nothing that happens outside the program,
// where whoever calls knows whether they can fail; callees that log each failure themselves; and calls whose failure is
// an answer, such as url.Parse and os.Stat:
//
//	data, err := os.ReadFile(path)
//	if err != nil {
//		return 0
//	}
//
// # Why it is harmful
//
// A nil that stands for failure looks like a nil that stands for nothing there. It is used sooner or later, and panics
// or reads as empty far from the cause, of which nobody knows any more.
//
// # How to fix it
//
// Give the function an error result. Where both exist, "not there" and "failed", tell them apart by an error of your
// own:
//
//	data, err := os.ReadFile(path)
//	if errors.Is(err, fs.ErrNotExist) {
//		return nil, errNoProfile
//	}
//	if err != nil {
//		return nil, fmt.Errorf("profile: %w", err)
//	}
//	return &profile{Name: string(data)}, nil
//
// There is no fix: a function without an error result needs one, and that changes all who call it.
//
// # When it is silent
//
//   - The function has no error result, and no call failed: a lookup that finds nothing, a receiver that is nil.
//   - The error was recognised before, such as sql.ErrNoRows, and callers ask for nil (the strict tier wants an error
//     for that, too).
//   - The error is logged, stored, sent, answered to a client, or passed on to a function that may do anything with it.
//   - The callee cannot fail there: json.Marshal of what holds nothing that JSON lacks, or of a type whose own method
//     cannot fail.
//   - nil, nil stands for a nil argument, and the caller that takes the result for granted hands in an address.
//   - The result itself tells: an error inside a struct, its text, an error of a concrete type.
//   - A comment of at least three words in the branch, on its statement or directly above, says why, or the function is
//     named …BestEffort.
package nilonfail
