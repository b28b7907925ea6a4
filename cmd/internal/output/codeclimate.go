package output

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// What GitLab reads of Code Climate's format
// (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
type (
	climateIssue struct {
		Type        string          `json:"type"`
		CheckName   string          `json:"check_name"`
		Description string          `json:"description"`
		Categories  []string        `json:"categories"`
		Severity    string          `json:"severity"`
		Fingerprint string          `json:"fingerprint"`
		Location    climatePlace    `json:"location"`
		Others      []climatePlace  `json:"other_locations,omitempty"`
		Content     *climateContent `json:"content,omitempty"`
	}
	climatePlace struct {
		Path  string       `json:"path"`
		Lines climateLines `json:"lines"`
	}
	climateLines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
	climateContent struct {
		Body string `json:"body"`
	}
)

// CodeClimate writes the findings and compile errors as one list of issues.
func CodeClimate(w io.Writer, base Base, r Report) error {
	issues := []climateIssue{}
	for _, f := range r.Findings {
		issue := climateIssue{
			Type:        "issue",
			CheckName:   name(f),
			Description: oneLine(f.Message),
			Categories:  []string{"Bug Risk"},
			Severity:    climateSeverity(f),
			Fingerprint: cmp.Or(f.Fingerprint, digest(base, name(f), f.Message, f.Range)),
			Location:    base.climatePlace(f.Range),
		}
		for _, related := range f.Related {
			issue.Others = append(issue.Others, base.climatePlace(related.Range))
		}
		if f.URL != "" {
			issue.Content = &climateContent{Body: f.URL}
		}
		issues = append(issues, issue)
	}
	for _, p := range r.compileErrors() {
		issues = append(issues, climateIssue{
			Type:        "issue",
			CheckName:   compile,
			Description: oneLine(p.Message),
			Categories:  []string{"Bug Risk"},
			Severity:    "blocker",
			Fingerprint: digest(base, compile, p.Message, p.Range),
			Location:    base.climatePlace(p.Range),
		})
	}
	return writeJSON(w, issues)
}

func climateSeverity(f finding.Finding) string {
	switch severity(f) {
	case finding.Error:
		return "critical"
	case finding.Info:
		return "minor"
	}
	return "major"
}

func (b Base) climatePlace(r finding.Range) climatePlace {
	begin := max(r.Start.Line, 1)
	return climatePlace{b.slashed(r.Start.File), climateLines{begin, max(r.End.Line, begin)}}
}

// digest stands in for a fingerprint where there is none.
func digest(base Base, check, message string, r finding.Range) string {
	sum := sha256.Sum256([]byte(check + "\x00" + base.slashed(r.Start.File) + "\x00" + message))
	return hex.EncodeToString(sum[:12])
}
