package vetrun

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Overlay writes a file into dir that has the go command read other files in the place of those named, or none where the
// other's name is empty, and returns the build flag that names it. It takes one such flag at a time.
func Overlay(dir string, replace map[string]string) (flag string, err error) {
	data, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		return "", fmt.Errorf("writing the overlay: %w", err)
	}
	name := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return "", fmt.Errorf("writing the overlay: %w", err)
	}
	return "-overlay=" + name, nil
}
