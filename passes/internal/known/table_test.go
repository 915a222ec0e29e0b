package known

import "testing"

func TestBuiltinTablesParse(t *testing.T) {
	if _, err := builtinTables(); err != nil {
		t.Fatal(err)
	}
}
