package cli

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/errvet/errvet/cmd/errvet/internal/settings"
)

// TestSettingsPage reads the example of the page about settings as a file, and holds that it has every key.
func TestSettingsPage(t *testing.T) {
	var example strings.Builder
	for line := range strings.Lines(topics["settings"]) {
		if code, ok := strings.CutPrefix(line, "    "); ok {
			example.WriteString(code)
		}
	}
	name := filepath.Join(t.TempDir(), settings.File)
	if err := os.WriteFile(name, []byte(example.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := settings.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := 0, reflect.ValueOf(s); i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("the example does not show %s", v.Type().Field(i).Name)
		}
	}
}

// TestJSONPage holds that the page about JSON names every field.
func TestJSONPage(t *testing.T) {
	for f := range reflect.TypeFor[jsonFinding]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && !strings.Contains(topics["json"], name) {
			t.Errorf("the page does not name %s", name)
		}
	}
}
