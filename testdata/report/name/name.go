// Package name holds names that do and do not say that failure is accepted.
package name

func lose() error              { return nil }
func mistake() error           { return nil }
func exit()                    {}
func removeBestEffort() error  { return nil }
func bestEffortRemove() error  { return nil }
func bestEfforts() error       { return nil }
func BestEffort() error        { return nil }
func tryBestEffortOnce() error { return nil }

type tree struct{}

func (tree) PruneBestEffort() error { return nil }

func okCallee() {
	removeBestEffort() // want `silenced\(best-effort\): removeBestEffort is lost`
	bestEffortRemove() // want `silenced\(best-effort\): bestEffortRemove is lost`
	BestEffort()       // want `silenced\(best-effort\): BestEffort is lost`
}

func okMethod(t tree) {
	t.PruneBestEffort() // want `silenced\(best-effort\): PruneBestEffort is lost`
}

func okCleanBestEffort() {
	lose() // want `silenced\(best-effort\): lose is lost`
}

func okBestEffort() {
	func() {
		lose() // want `silenced\(best-effort\): lose is lost`
	}()
}

func MustOpen() {
	exit() // want `silenced\(must\): exit is lost`
}

func must() {
	exit() // want `silenced\(must\): exit is lost`
}

// Names that only look alike.

func badEffort() {
	bestEfforts() // want `^bestEfforts is lost`
}

func badMiddle() {
	tryBestEffortOnce() // want `^tryBestEffortOnce is lost`
}

func bad_besteffort() {
	lose() // want `^lose is lost`
}

func badMistakeBestEffort() {
	mistake() // want `^mistake is lost`
}

func Muster() {
	exit() // want `^exit is lost`
}

func mustard() {
	exit() // want `^exit is lost`
}

func badAlmost() {
	exit() // want `^exit is lost`
}

func MustLose() {
	lose() // want `^lose is lost`
}

func badCallerOfMust() {
	MustOpen()
	exit() // want `^exit is lost`
}
