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

// First keeps the first findings up to a limit, 0 for none, and tells how
// many it leaves out.
func First(findings []finding.Finding, limit int) (kept []finding.Finding, omitted int) {
	if limit <= 0 || len(findings) <= limit {
		return findings, 0
	}
	return findings[:limit], len(findings) - limit
}
