// Package config reads the settings of the shop.
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
func Load(name string) *Config {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	cfg := &Config{Listen: ":8080", Data: "data"}
	if err := json.Unmarshal(data, cfg); err != nil {
		fmt.Println("bad config:", err)
		return nil
	}
	cfg.Timeout, _ = time.ParseDuration(os.Getenv("SHOP_TIMEOUT"))
	return cfg
}

// Address returns where the shop listens, for those who want to know whether it does.
func Address(name string) string { return Load(name).Listen }
