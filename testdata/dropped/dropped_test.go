package dropped

import (
	"os"
	"testing"
)

// Test files are asked for by -tests only; passtest asks for everything.

func badInTest(t *testing.T) {
	os.Chown(t.TempDir(), 0, 0) // want `^os.Chown can fail`
}

func okCleanup(t *testing.T) {
	t.Cleanup(func() { os.RemoveAll("out") })
}

func okSetenv(t *testing.T, n proposer) {
	t.Setenv("HOME", t.TempDir())
	if err := n.Bootstrap(nil); err != nil {
		t.Fatal(err)
	}
}
