// Package abruptexit finds exits that skip deferred calls which would save data, and, in the strict tier, ordinary errors
// that end the program in code that could return them.
//
// # What is flagged
//
// In every package, a call that ends the program although a deferred call before it would have flushed a buffer,
// committed a transaction, finished a profile, released a lock file or removed temporary data:
//
//	out := bufio.NewWriter(w)
//	defer out.Flush()
//	for _, row := range rows {
//		if _, err := fmt.Fprintln(out, row); err != nil {
//			log.Fatal(err)
//		}
//	}
//
// The strict tier adds exits past a deferred Close that flushes nothing, or past what would remove a temporary
// directory. And the ordinary error of a call, proved to be non-nil, that ends the program by os.Exit or log.Fatal and
// its like, or by a panic, wherever it stands but in func main:
//
//	data, err := os.ReadFile(name)
//	if err != nil {
//		log.Fatal(err)
//	}
//
// That is a decision which a function for starting up takes on purpose, and the text is told: of 37 such exits in code
// that nobody had looked at readers would have asked about 15, and 6 of 28 panics would have been returned instead.
//
// # Why it is harmful
//
// Whoever uses the package cannot decide any more: one file that is missing ends a server with all its requests. A panic
// runs deferred calls, but takes down the program unless somebody recovers; os.Exit and log.Fatal do not even run
// deferred calls, so that what was written just before is lost and locks stay behind.
//
// # How to fix it
//
// Return the error and let the boundary decide:
//
//	if err := json.Unmarshal(data, &s); err != nil {
//		return nil, fmt.Errorf("settings in %s: %w", name, err)
//	}
//
// In a command, do the work in a function that returns an error, so that its deferred calls run, and exit in func main.
//
// A fix returns the error, with what the exit says: to be reviewed, since callers have to be ready for it. There is none
// where the function cannot return an error, for exits that skip deferred calls, and where the exit is the last that uses a
// package or a variable.
//
// # When it is silent
//
//   - In func main, in init, in tests, and in functions named Must….
//   - The error is not proved to be non-nil there, or was made there to say that the program itself is wrong.
//   - What failed is the parsing of a text that stands in the source: regexp.Compile("^a+$").
//   - A comment of at least three words in the branch, or on the call, says why the program has to end.
//   - Nothing was written between the deferred Flush or Close and the exit: what a writer's holder is told counts if the
//     holder can write itself, a closure counts once it is called; of several exits that skip
//     one deferred call the first is told.
//   - A helper ends the program whatever it is given: its callers are looked at.
//   - The deferred call only closes what was read, unlocks memory or rolls back; or it was made by hand before the exit.
package abruptexit
