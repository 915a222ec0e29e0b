// Package reason holds comments that do and do not say why an error is lost.
//
// The test's rule flags calls of lose, the blocks and clauses that answer nil
// for a failure, and calls of mistake, which no comment makes right.
package reason

func lose() error    { return nil }
func mistake() error { return nil }

func loses() error    { return nil }
func loseLast() error { return nil }

// Reasons.

func okTrailing() {
	lose() // nothing depends on it // want `silenced\(comment\): lose is lost`
}

func okAbove() {
	// The cache is rebuilt anyway.
	lose() // want `silenced\(comment\): lose is lost`
}

func okAboveBlockComment() {
	/* The cache is
	   rebuilt anyway. */
	lose() // want `silenced\(comment\): lose is lost`
}

func okLastLine() {
	lose2( // want `silenced\(comment\): lose2 is lost`
		nil,
	) // nothing depends on it
}

func okBranch(err error) error {
	if err != nil {
		// A missing file is an empty one.
		return nil // want `silenced\(comment\): nil is answered`
	}
	return err
}

func okBranchFirstLine(err error) error {
	if err != nil { // a missing file is an empty one
		return nil // want `silenced\(comment\): nil is answered`
	}
	return err
}

func okClause(err error) error {
	switch {
	case err != nil:
		return nil // want `silenced\(comment\): nil is answered`
		// A missing file is an empty one.
	case err == nil:
	}
	return err
}

func okReasonThenTodo() {
	// Nothing depends on it. TODO: delete the call.
	lose() // want `silenced\(comment\): lose is lost`
}

func okReasonWithCode() {
	// log.Print(err) said too much
	// err := lose()
	lose() // want `silenced\(comment\): lose is lost`
}

// Two words that say that it is meant.

func goodTwoWords() {
	lose() // best effort // want `^silenced\(comment\): lose is lost`
}

func goodIgnored() {
	// Ignore error.
	lose() // want `^silenced\(comment\): lose is lost`
}

func goodErrorsIgnored() {
	lose() // errors ignored // want `^silenced\(comment\): lose is lost`
}

func goodCannotFail() {
	lose() // cannot fail // want `^silenced\(comment\): lose is lost`
}

// What the statement does is said in words of its name, and yet a reason is there.

func okNamedAndExcused() {
	// Losing the last of them is harmless.
	lose() // want `silenced\(comment\): lose is lost`
}

func okNamedAtTheEnd() {
	lose() // lose the last of them // want `silenced\(comment\): lose is lost`
}

func okNamesAnother() {
	// The loser gets more of it.
	loses() // want `silenced\(comment\): loses is lost`
}

// No reasons.

func badSaysWhatItDoes() {
	// Loses the last of them.
	loseLast() // want `^loseLast is lost`
}

func badSaysWhatPartOfItDoes() {
	/* Make room for the
	   last one. */
	loseLast() // want `^loseLast is lost`
}

func badNone() {
	lose() // want `^lose is lost`
}

func badTwoWords() {
	lose() // last call // want `^lose is lost`
}

func badTwoWordsAbove() {
	// Lose it.
	lose() // want `^lose is lost`
}

func badIgnoreAlone() {
	lose() // ignore // want `^lose is lost`
}

func badNumbers() {
	// 1. 2. 3. --- !!!
	lose() // want `^lose is lost`
}

func badTodo() {
	// TODO: handle this error some day
	lose() // want `^lose is lost`
}

func badTodoWithOwner() {
	// TODO(somebody): return it
	// and tell the caller why it failed
	lose() // want `^lose is lost`
}

func badFixme(err error) error {
	if err != nil {
		// FIXME this should be reported upwards
		return nil // want `^nil is answered`
	}
	return err
}

func badXXX() {
	lose() // XXX why is it ignored // want `^lose is lost`
}

func badCode() {
	// if err := lose(); err != nil { panic(err) }
	lose() // want `^lose is lost`
}

func badCodeOverLines() {
	// if err := lose(); err != nil {
	// 	log.Printf("could not lose the error: %v", err)
	// }
	lose() // want `^lose is lost`
}

func badCodeReturn(err error) error {
	if err != nil {
		// return fmt.Errorf("reading the long file: %w", err)
		return nil // want `^nil is answered`
	}
	return err
}

func badDirective() {
	//revive:disable because of the stack
	lose() // want `^lose is lost`
}

func badOtherLinter() {
	lose() //nolint:gocyclo // it is long but simple // want `^lose is lost`
}

func badExpectation() {
	lose() // want `^lose is lost`
}

func badPreviousLine() {
	call(nil) // this concerns the call before
	lose()    // want `^lose is lost`
}

func badNextLine() {
	lose() // want `^lose is lost`
	// This concerns the call below.
	call(nil)
}

func badBlankLine() {
	// This concerns a whole section.

	lose() // want `^lose is lost`
}

func badArgument() {
	lose2( /* the error of before */ nil) // want `^lose2 is lost`
}

func badBeforeBranch(err error) error {
	// This explains the condition only.
	if err != nil {
		return nil // want `^nil is answered`
	}
	return err
}

func badAfterBranch(err error) error {
	if err != nil {
		return nil // want `^nil is answered`
	} // this ends the error handling
	return err
}

func badDeeper(err error) error {
	if err != nil {
		if verbose {
			// This explains what is printed.
			println("failed")
		}
		return nil // want `^nil is answered`
	}
	return err
}

func badLiteral(err error) error {
	if err != nil {
		call(func() error {
			// This explains the function here.
			return err
		})
		return nil // want `^nil is answered`
	}
	return err
}

func badOtherClause(err error) error {
	switch {
	case err != nil:
		return nil // want `^nil is answered`
	case err == nil:
		// This explains the other clause.
	}
	return err
}

// badFunctionDoc loses the error on purpose, says its documentation.
func badFunctionDoc() {
	lose() // want `^lose is lost`
}

func badMistake() {
	// Nobody will notice this one.
	mistake() // it is right, really // want `^mistake is lost`
}

var verbose bool

func call(func() error) {}

func lose2(err error) error { return err }
