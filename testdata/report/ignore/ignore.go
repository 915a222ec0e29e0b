// Package ignore holds directives of errvet's own.
package ignore

func lose() error    { return nil }
func mistake() error { return nil }
func call(...error)  {}
func loseAll(int)    {}

func okTrailing() {
	lose() //errvet:ignore dropped it is logged by the callee // want `silenced\(ignore\): lose is lost`
}

func okAbove() {
	//errvet:ignore dropped it is logged by the callee
	lose() // want `silenced\(ignore\): lose is lost`
}

func okShortReason() {
	lose() //errvet:ignore dropped harmless // want `silenced\(ignore\): lose is lost`
}

func okInGroup() {
	// What follows is an experiment.
	//errvet:ignore overwritten it is logged by the callee
	// (So it was decided.)
	mistake() // want `silenced\(ignore\): mistake is lost`
}

func okSeveral() {
	//errvet:ignore dropped,overwritten both are logged by the callee
	mistake() // want `silenced\(ignore\): mistake is lost`
}

func okHandler(err error) {
	if err != nil { //errvet:ignore dropped it is logged by the callee
		call(err)
		lose() // want `silenced\(ignore\): lose is lost`
	}
}

func okAboveHandler(err error) {
	//errvet:ignore dropped it is logged by the callee
	if err != nil {
		call(err)
		lose() // want `silenced\(ignore\): lose is lost`
	}
}

func okInBranch(err error) error {
	if err != nil {
		//errvet:ignore swallowed it is logged by the callee

		call(err)
		return nil // want `silenced\(ignore\): nil is answered`
	}
	return err
}

func okLastLine() {
	loseAll( // want `silenced\(ignore\): loseAll is lost`
		1,
	) //errvet:ignore dropped it is logged by the callee
}

func badNoReason() {
	//errvet:ignore dropped
	lose() // want `^lose is lost`
}

func badPunctuation() {
	//errvet:ignore dropped -- 1
	lose() // want `^lose is lost`
}

func badNoRule() {
	//errvet:ignore
	lose() // want `^lose is lost`
}

func badUnknownRule() {
	//errvet:ignore droped it is logged by the callee
	lose() // want `^lose is lost`
}

func badOtherRule() {
	//errvet:ignore swallowed it is logged by the callee
	lose() // want `^lose is lost`
}

func badSpace() {
	// errvet:ignore dropped logged
	mistake() // want `^mistake is lost`
}

func badUnknownName() {
	//errvet:ignored dropped it is logged by the callee
	lose() // want `^lose is lost`
}

func badLineBefore() {
	call() //errvet:ignore dropped it is logged by the callee
	lose() // want `^lose is lost`
}

func badTwoLinesBefore() {
	//errvet:ignore dropped it is logged by the callee

	lose() // want `^lose is lost`
}

func badLineAfter() {
	lose() // want `^lose is lost`
	//errvet:ignore dropped it is logged by the callee
}

func badNextHandler(err error) {
	//errvet:ignore dropped it is logged by the callee
	if err != nil {
		call(err)
	}
	if err != nil {
		lose() // want `^lose is lost`
	}
}

func badEndOfHandler(err error) {
	if err != nil {
		call(err)
		lose() // want `^lose is lost`
	} //errvet:ignore dropped it is logged by the callee
}

// badFunction is about one statement of many.
//
//errvet:ignore dropped a function is too much to ignore at once
func badFunction() {
	lose() // want `^lose is lost`
}

func badDeeper(err error) error {
	if err != nil {
		if len(err.Error()) > 1 {
			//errvet:ignore swallowed it is logged by the callee
			call(err)
		}
		return nil // want `^nil is answered`
	}
	return err
}

//errvet:infallible
func okContract() error { return nil }
