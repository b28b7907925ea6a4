package output

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/fingerprint"
	"github.com/goconclint/goconclint/cmd/internal/sequence"
	"github.com/goconclint/goconclint/passes/suite"
)

// sarifSchema is the address by which readers know the version.
const sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"

// SARIF writes the report for code scanning services: rules with their
// documentation, schedules as code flows with one thread flow per goroutine,
// fixes, and fingerprints that survive changes elsewhere in the file.
func SARIF(w io.Writer, base Base, r Report) error {
	return writeSARIF(w, base, r, ruleOf)
}

// writeSARIF takes rules from describe.
func writeSARIF(w io.Writer, base Base, r Report, describe func(check string) sarifRule) error {
	s := sarifWriter{base: base, report: r, describe: describe}
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: r.Tool.Name, Version: r.Tool.Version, InformationURI: homepage, Rules: s.rules(),
		}},
		Invocations: []sarifInvocation{s.invocation()},
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
	}
	for _, f := range r.Findings {
		run.Results = append(run.Results, s.result(f))
	}
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

type sarifWriter struct {
	base     Base
	report   Report
	describe func(check string) sarifRule
	checks   []string // those with findings, sorted; the order of rules
}

// rules describes each check that found something.
func (s *sarifWriter) rules() []sarifRule {
	for _, f := range s.report.Findings {
		s.checks = append(s.checks, f.Check)
	}
	slices.Sort(s.checks)
	s.checks = slices.Compact(s.checks)
	rules := []sarifRule{}
	for _, id := range s.checks {
		rules = append(rules, s.describe(id))
	}
	return rules
}

// namedRule is what is said of a check of which nothing is known.
func namedRule(id string) sarifRule {
	return sarifRule{
		ID:               id,
		Name:             "goconclint/" + id,
		ShortDescription: sarifText{id},
		FullDescription:  sarifText{id},
		Help:             sarifMarkdown{id, id},
		Configuration:    sarifConfig{"warning"},
		Properties:       sarifRuleExtras{Tags: []string{"go"}},
	}
}

// ruleOf describes a check of the suite.
func ruleOf(id string) sarifRule {
	rule := namedRule(id)
	check, ok := suite.Named(id)
	if !ok {
		return rule // a merged report may be of another version
	}
	page := check.Page()
	rule.ShortDescription.Text = sentence(page.Summary)
	rule.FullDescription.Text = sentence(page.Summary)
	if prose := strings.TrimSpace(page.Prose); prose != "" {
		rule.FullDescription.Text = prose
	}
	rule.Help = helpOf(check)
	rule.HelpURI = check.Analyzer.URL
	rule.Configuration.Level = sarifLevel(finding.Severity(check.Severity()))
	if check.Group != "" {
		rule.Properties.Tags = append(rule.Properties.Tags, string(check.Group))
	}
	return rule
}

// helpOf is the check's page, as text and as Markdown.
func helpOf(check suite.Check) sarifMarkdown {
	page := check.Page()
	var text, markdown strings.Builder
	fmt.Fprintf(&text, "%s: %s\n", check.Name(), page.Summary)
	fmt.Fprintf(&markdown, "**%s**: %s\n", check.Name(), page.Summary)
	section := func(title, body string, code bool) {
		if body = strings.TrimSpace(body); body == "" {
			return
		}
		fmt.Fprintf(&text, "\n%s\n\n%s\n", title, body)
		if code {
			body = "```go\n" + body + "\n```"
		}
		fmt.Fprintf(&markdown, "\n### %s\n\n%s\n", title, body)
	}
	section("What", page.Prose, false)
	section("Wrong", page.Wrong, true)
	section("Right", page.Right, true)
	section("Silent on", page.SilentOn, false)
	return sarifMarkdown{text.String(), markdown.String()}
}

// sentence makes one of a summary.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func (s *sarifWriter) invocation() sarifInvocation {
	in := sarifInvocation{Successful: len(s.report.Problems) == 0 && !s.report.Interrupted}
	for _, p := range s.report.Problems {
		note := sarifNotification{Level: "error", Message: sarifText{oneLine(p.Message)}}
		if p.Range.Start.File != "" {
			note.Locations = []sarifLocation{s.location(p.Range, "")}
		}
		in.Notifications = append(in.Notifications, note)
	}
	for _, text := range s.report.shortfall() {
		in.Notifications = append(in.Notifications, sarifNotification{Level: "warning", Message: sarifText{text}})
	}
	return in
}

func (s *sarifWriter) result(f finding.Finding) sarifResult {
	index, _ := slices.BinarySearch(s.checks, f.Check)
	result := sarifResult{
		RuleID:     f.Check,
		RuleIndex:  index,
		Level:      sarifLevel(severity(f)),
		Message:    sarifText{oneLine(f.Message)},
		Locations:  []sarifLocation{s.location(f.Range, "")},
		CodeFlows:  s.codeFlows(f),
		Properties: sarifResultExtras{confidence(f), f.Kind, f.Package},
	}
	for i, text := range s.report.told(f) {
		location := s.location(f.Related[i].Range, text)
		location.ID = i + 1
		result.Related = append(result.Related, location)
	}
	if f.Fingerprint != "" {
		result.Fingerprints = map[string]string{fingerprint.Version: f.Fingerprint}
	}
	if f.Suppressed != "" {
		result.Suppressions = []sarifSuppression{{"inSource", oneLine(f.Suppressed)}}
	}
	for _, fix := range f.Fixes {
		if converted, ok := s.fix(fix); ok {
			result.Fixes = append(result.Fixes, converted)
		}
	}
	return result
}

// codeFlows writes the schedule of a finding, if it has one.
func (s *sarifWriter) codeFlows(f finding.Finding) []sarifCodeFlow {
	schedule := sequence.Of(f, s.report.Files)
	if len(schedule.Steps) == 0 {
		return nil
	}
	var flow sarifCodeFlow
	for i, goroutine := range schedule.Goroutines {
		thread := sarifThreadFlow{ID: fmt.Sprintf("g%d", goroutine.Number), Message: sarifText{goroutine.Name}}
		for order, step := range schedule.Steps {
			if step.Column != i {
				continue
			}
			importance := "important"
			if step.Last {
				importance = "essential"
			}
			thread.Locations = append(thread.Locations, sarifThreadStep{order + 1, importance, s.location(step.Range, step.Text)})
		}
		if len(thread.Locations) > 0 {
			flow.ThreadFlows = append(flow.ThreadFlows, thread)
		}
	}
	return []sarifCodeFlow{flow}
}

func (s *sarifWriter) location(r finding.Range, message string) sarifLocation {
	location := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{s.base.uri(r.Start.File)}, Region: s.region(r)}}
	if message != "" {
		location.Message = &sarifText{message}
	}
	return location
}

func (s *sarifWriter) region(r finding.Range) *sarifRegion {
	if r.Start.Line == 0 {
		return nil
	}
	region := &sarifRegion{StartLine: r.Start.Line, StartColumn: s.report.Files.Column16(r.Start)}
	if region.StartColumn > 0 && r.End.Line > 0 && r.End.Column > 0 {
		region.EndLine, region.EndColumn = r.End.Line, s.report.Files.Column16(r.End)
	}
	return region
}

// fix converts a fix whose files can be read.
func (s *sarifWriter) fix(fix finding.Fix) (sarifFix, bool) {
	out := sarifFix{Description: sarifText{fix.Message}}
	for _, edit := range fix.Edits {
		start, ok1 := s.report.Files.Position(edit.File, edit.Start)
		end, ok2 := s.report.Files.Position(edit.File, edit.End)
		if !ok1 || !ok2 {
			return sarifFix{}, false
		}
		replacement := sarifReplacement{Deleted: *s.region(finding.Range{Start: start, End: end})}
		if edit.New != "" {
			replacement.Inserted = &sarifText{edit.New}
		}
		uri := s.base.uri(edit.File)
		last := len(out.Changes) - 1
		if last < 0 || out.Changes[last].Artifact.URI != uri {
			out.Changes = append(out.Changes, sarifChange{Artifact: sarifArtifact{uri}})
			last++
		}
		out.Changes[last].Replacements = append(out.Changes[last].Replacements, replacement)
	}
	return out, len(out.Changes) > 0
}

// uri returns the file as a URI: relative to the base where it lies below,
// since services know files by their place in the repository.
func (b Base) uri(file string) string {
	rel, err := filepath.Rel(string(b), file)
	if err == nil && filepath.IsLocal(rel) {
		return (&url.URL{Path: filepath.ToSlash(rel)}).String()
	}
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func sarifLevel(s finding.Severity) string {
	if s == finding.Info {
		return "note"
	}
	return string(s)
}
