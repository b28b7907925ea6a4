package finding

import "slices"

// A Severity says how much a finding matters. The zero value counts as
// Warning.
type Severity string

// The severities, from the highest.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Severities returns the words for severities, the highest first.
func Severities() []string { return []string{string(Error), string(Warning), string(Info)} }

// IsSeverity reports whether a word is one of them.
func IsSeverity(word string) bool { return slices.Contains(Severities(), word) }
