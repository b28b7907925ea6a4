// Package filter holds small sieves over findings, one file each.
package filter

import (
	"slices"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Hidden removes the findings that are hidden unless asked for: those of low
// confidence, and those that a comment silences.
func Hidden(findings []finding.Finding, showLow, showSuppressed bool) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool {
		return f.Low && !showLow || f.Suppressed != "" && !showSuppressed
	})
}
