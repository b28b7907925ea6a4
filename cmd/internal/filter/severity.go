package filter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// Severities says how severe the findings of each check are.
type Severities struct {
	checks []suite.Check
	said   map[string]finding.Severity // by check or group
}

// NewSeverities returns the severities that the checks have by themselves.
func NewSeverities(checks []suite.Check) *Severities {
	return &Severities{checks: checks, said: make(map[string]finding.Severity)}
}

// Set reads NAME=SEVERITY, where NAME is a check or a group.
func (s *Severities) Set(value string) error {
	name, word, found := strings.Cut(value, "=")
	if !found || !finding.IsSeverity(word) {
		return fmt.Errorf("want NAME=%s", strings.Join(finding.Severities(), "|"))
	}
	known := s.names()
	if !slices.Contains(known, name) {
		return fmt.Errorf("no check or group named %s%s", name, directive.DidYouMean(name, known))
	}
	s.said[name] = finding.Severity(word)
	return nil
}

func (s *Severities) names() []string {
	var names []string
	for _, check := range s.checks {
		names = append(names, check.Name())
	}
	for _, group := range suite.Groups() {
		names = append(names, string(group))
	}
	return names
}

// Apply gives each finding its severity: what is said of its check, else of
// the group, else the check's own. A finding of low confidence is a warning
// at most unless something is said.
func (s *Severities) Apply(findings []finding.Finding) {
	for i := range findings {
		f := &findings[i]
		check, known := suite.Named(f.Check)
		if said, ok := s.said[f.Check]; ok {
			f.Severity = said
		} else if said, ok := s.said[string(check.Group)]; ok && known {
			f.Severity = said
		} else if f.Severity == "" {
			f.Severity = own(check, known, f.Low)
		}
	}
}

func own(check suite.Check, known, low bool) finding.Severity {
	if !known {
		return finding.Warning
	}
	severity := finding.Severity(check.Severity())
	if low && severity == finding.Error {
		return finding.Warning
	}
	return severity
}
