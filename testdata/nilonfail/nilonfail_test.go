package nilonfail

import (
	"os"
	"testing"
)

func badInTest(t *testing.T) []byte {
	data, err := os.ReadFile("testdata/golden")
	if err != nil {
		return nil // want `^strict: os.ReadFile failed \(line \d+\), and nil is all that callers get`
	}
	return data
}

func okInTest(t *testing.T) []byte {
	data, err := os.ReadFile("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func okSkips(t *testing.T) []byte {
	data, err := os.ReadFile("testdata/golden")
	if err != nil {
		t.Skip("no golden file: ", err)
		return nil
	}
	return data
}
