package infer

import "sync"

var guard sync.Mutex

// What is deferred leaves the panic alone.

func panicsLocked(text string) { // want "^noreturn$"
	guard.Lock()
	defer guard.Unlock()
	panic(text)
}

func panicsUnlocked(text string) { // want "^noreturn$"
	defer func() { guard.Unlock() }()
	panic(text)
}

func panicsByOwn(text string) { // want "^noreturn$"
	defer unlock()
	panic(text)
}

func unlock() { guard.Unlock() }

// What is deferred may not.

func panicsRescued(text string) {
	defer rescue()
	panic(text)
}

func rescue() { _ = recover() }

func panicsByValue(text string, deferred func()) { // want "^arg 1 calls$"
	defer deferred()
	panic(text)
}

func panicsByInterface(text string, l sync.Locker) {
	defer l.Unlock()
	panic(text)
}

func panicsSometimes(text string) {
	defer guard.Unlock()
	if text != "" {
		panic(text)
	}
}
