// Package config reads the settings of the service.
package config

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/goconclint/goconclint/testdata/tour/pricing"
)

// Config holds the settings.
type Config struct {
	Addr        string             `json:"addr"`
	Workers     int                `json:"workers"`
	ReportDir   string             `json:"report_dir"`
	Subscribers []string           `json:"subscribers"`
	Discounts   []pricing.Discount `json:"discounts"`
}

// Load reads the settings from a JSON file. What the file leaves out has its
// default.
func Load(path string) (*Config, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading settings: %w", err)
	}
	settings := &Config{Addr: ":8080", Workers: 4, ReportDir: "reports"}
	if err := json.Unmarshal(content, settings); err != nil {
		panic(err)
	}
	if settings.Workers < 1 {
		return nil, fmt.Errorf("settings in %s ask for %d workers", path, settings.Workers)
	}
	return settings, nil
}
