// Package config reads the settings of the shop. A setting that cannot be read is an error of its own: with nil in its
// place the program would fail later and elsewhere, with a default it would run with settings nobody chose.
package config

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// Config holds the settings.
type Config struct {
	Listen  string        `json:"listen"`
	Data    string        `json:"data"` // directory of the store
	Gateway string        `json:"gateway"`
	Key     string        `json:"key"`
	Mail    string        `json:"mail"`   // host and port of the mail server
	Alerts  string        `json:"alerts"` // where alerts are posted
	Timeout time.Duration `json:"-"`
}

// Load reads the settings from a file. The environment wins.
func Load(name string) (*Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	cfg := &Config{Listen: ":8080", Data: "data", Timeout: 5 * time.Second}
	if err := json.Unmarshal(data, cfg); err != nil {
		return nil, fmt.Errorf("settings in %s: %w", name, err)
	}
	if timeout, ok := os.LookupEnv("SHOP_TIMEOUT"); ok {
		if cfg.Timeout, err = time.ParseDuration(timeout); err != nil {
			return nil, fmt.Errorf("SHOP_TIMEOUT: %w", err)
		}
	}
	return cfg, nil
}

// Address returns where the shop listens, for those who want to know whether it does.
func Address(name string) (string, error) {
	cfg, err := Load(name)
	if err != nil {
		return "", err
	}
	return cfg.Listen, nil
}
