// Package peer holds directives of other linters.
package peer

func lose() error    { return nil }
func mistake() error { return nil }
func call(...error)  {}

func okBare() {
	lose() //nolint // want `silenced\(nolint\): lose is lost`
}

func okAll() {
	lose() //nolint:all // want `silenced\(nolint\): lose is lost`
}

func okErrvet() {
	mistake() //nolint:gocyclo,errvet // it is fine // want `silenced\(nolint\): mistake is lost`
}

func okRuleName() {
	lose() //nolint:dropped // want `silenced\(nolint\): lose is lost`
}

func okPeer() {
	lose() //nolint:errcheck // want `silenced\(nolint\): lose is lost`
}

func okPeerSpelling() {
	lose() // nolint:gocyclo, ErrCheck // want `silenced\(nolint\): lose is lost`
}

func okPeerOfBranch(err error) error {
	if err != nil {
		return nil //nolint:nilerr // want `silenced\(nolint\): nil is answered`
	}
	return err
}

func okAbove() {
	//nolint:errcheck
	lose() // want `silenced\(nolint\): lose is lost`
}

//nolint:errcheck
func okFunction() {
	call()
	lose() // want `silenced\(nolint\): lose is lost`
}

func okBlock(err error) {
	//nolint:errcheck
	if err != nil {
		call()
		lose() // want `silenced\(nolint\): lose is lost`
	}
}

func okLint() {
	//lint:ignore errvet it is logged by the callee
	lose() // want `silenced\(lint-ignore\): lose is lost`
}

func okLintPattern() {
	//lint:ignore SA9*,ST1000 it is logged by the callee
	var err error
	if err != nil { //lint:ignore SA9003 it is logged
		call()
	}
}

func okNosec() {
	lose() // #nosec // want `silenced\(nosec\): lose is lost`
}

func okNosecCheck() {
	lose() // #nosec G104 G204 -- it is logged // want `silenced\(nosec\): lose is lost`
}

func okStaticcheck() {
	mistake() // nolint: staticcheck // want `silenced\(nolint\): mistake is lost`
}

func okStaticcheckOneOfMany() {
	//nolint:gocyclo, staticcheck
	mistake() // want `silenced\(nolint\): mistake is lost`
}

func okStaticcheckNamed() {
	mistake() //nolint:staticcheck // SA4009: it is logged by the callee // want `silenced\(nolint\): mistake is lost`
}

func okWastedassign() {
	mistake() //nolint:wastedassign // want `silenced\(nolint\): mistake is lost`
}

// Directives about something else.

func badStaticcheckOther() {
	mistake() //nolint:staticcheck // SA1019: kept for those who still use it // want `^mistake is lost`
}

func badStaticcheckOfOtherRule() {
	lose() //nolint:staticcheck // want `^lose is lost`
}

func badOtherLinter() {
	lose() //nolint:gocyclo,govet // want `^lose is lost`
}

func badPeerOfOtherRule() {
	lose() //nolint:nilerr // want `^lose is lost`
}

func badPeerOfOtherRule2(err error) error {
	if err != nil {
		return nil //nolint:errcheck // want `^nil is answered`
	}
	return err
}

func badWord() {
	lose() //nolinting // want `^lose is lost`
}

func badMention() {
	lose() // see nolint:errcheck // want `^lose is lost`
}

func badExplanation() {
	lose() //nolint:gocyclo // errcheck, all // want `^lose is lost`
}

func badPreviousLine() {
	call() //nolint:errcheck
	lose() // want `^lose is lost`
}

func badNextLine() {
	lose() // want `^lose is lost`
	//nolint:errcheck
}

func badAfterStatement(err error) {
	//nolint:errcheck
	if err != nil {
		call()
	}
	lose() // want `^lose is lost`
}

func badOtherColumn(err error) {
	if err != nil { //nolint:errcheck
		call()
	} else {
		lose() // want `^lose is lost`
	}
}

func badNextFunction() {
	//nolint:errcheck
}

func badNextFunction2() {
	lose() // want `^lose is lost`
}

func badLintNoReason() {
	//lint:ignore errvet
	lose() // want `^lose is lost`
}

func badLintOther() {
	//lint:ignore SA4006 it is logged by the callee
	lose() // want `^lose is lost`
}

func badLintSpace() {
	// lint:ignore errvet logged
	mistake() // want `^mistake is lost`
}

func badNosecOther() {
	lose() // #nosec G204 -- not G104 // want `^lose is lost`
}

func badNosecOtherRule() {
	mistake() // #nosec // want `^mistake is lost`
}

func badNosecMention() {
	lose() // no #nosec // want `^lose is lost`
}
