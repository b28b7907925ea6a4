package lsp

import (
	"maps"
	"os"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/sequence"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// publish shows findings in place of those that are shown. Of files that
// weren't checked this time, since their package doesn't compile, what was
// shown stays.
func (s *server) publish(snap snapshot, findings []finding.Finding, files *source.Files, result *drive.Result) {
	c := converter{texts: maps.Clone(snap.texts), files: files}
	fresh := make(map[string][]shown)
	for _, f := range findings {
		path := f.Range.Start.File
		fresh[path] = append(fresh[path], shown{f, c.diagnostic(f)})
	}
	s.mu.Lock()
	u := snap.unit
	u.reads = result.Folders
	if s.overtaken(snap) {
		s.mu.Unlock()
		return
	}
	for _, path := range result.Unchecked {
		if old := u.shown[path]; len(old) > 0 {
			fresh[path] = old
		}
	}
	messages := s.messages(u.shown, fresh, snap.versions)
	u.shown = fresh
	s.mu.Unlock()
	s.send(messages)
}

// overtaken reports whether something that the run has read was edited since,
// and sees to it that the unit is due again.
func (s *server) overtaken(snap snapshot) bool {
	u := snap.unit
	if u.edits != snap.edits {
		return true // it is due
	}
	for path, text := range snap.texts { // of units that nobody knew it imports
		if d := s.open[path]; u.readsFrom(path) && (d == nil || d.text != text) {
			s.due(u, now)
			return true
		}
	}
	return false
}

// messages are what the editor has to be told so that it shows the fresh
// findings and no older ones: of open files always, of others when they have
// findings or had some.
func (s *server) messages(old, fresh map[string][]shown, versions map[string]int32) []*protocol.PublishDiagnosticsParams {
	paths := make(map[string]bool)
	for path := range maps.Keys(versions) {
		paths[path] = true
	}
	for _, files := range []map[string][]shown{old, fresh} {
		for path := range files {
			paths[path] = true
		}
	}
	var list []*protocol.PublishDiagnosticsParams
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		m := &protocol.PublishDiagnosticsParams{URI: s.uriOf(path), Diagnostics: []protocol.Diagnostic{}}
		if version, open := versions[path]; open {
			m.Version = protocol.NewOptional(version)
		}
		for _, f := range fresh[path] {
			m.Diagnostics = append(m.Diagnostics, f.diagnostic)
		}
		list = append(list, m)
	}
	return list
}

// uriOf returns how the editor writes the name of a file.
func (s *server) uriOf(path string) uri.URI {
	if d := s.open[path]; d != nil {
		return d.uri
	}
	return uri.File(path)
}

func (s *server) send(messages []*protocol.PublishDiagnosticsParams) {
	for _, m := range messages {
		_ = s.client.PublishDiagnostics(s.ctx, m)
	}
}

// forget takes back what is shown of a unit.
func (s *server) forget(u *unit) {
	s.mu.Lock()
	messages := s.messages(u.shown, nil, nil)
	u.shown = make(map[string][]shown)
	s.mu.Unlock()
	s.send(messages)
}

// A converter makes diagnostics of findings. Columns need the text of each
// file that is spoken of: that of the run, else that on disk.
type converter struct {
	texts map[string]*text
	files *source.Files // of the run, for the names of goroutines
}

func (c converter) text(path string) *text {
	if known := c.texts[path]; known != nil {
		return known
	}
	content, _ := os.ReadFile(path) // of a file that is gone all columns are 0
	made := newText(string(content))
	c.texts[path] = made
	return made
}

func (c converter) diagnostic(f finding.Finding) protocol.Diagnostic {
	d := protocol.Diagnostic{
		Range:    c.span(f.Range),
		Severity: severities[f.Severity],
		Code:     protocol.String(f.Check),
		Source:   protocol.NewOptional("goconclint"),
		Message:  protocol.String(f.Message),
	}
	if f.URL != "" {
		d.CodeDescription.Href = uri.URI(f.URL)
	}
	steps := sequence.Of(f, c.files).Steps
	for i, related := range f.Related {
		if related.Range.Start.File == "" {
			continue
		}
		if len(steps) > 0 {
			related.Message = steps[i].Sentence() // a schedule, in words
		}
		d.RelatedInformation = append(d.RelatedInformation, protocol.DiagnosticRelatedInformation{
			Location: protocol.Location{URI: uri.File(related.Range.Start.File), Range: c.span(related.Range)},
			Message:  related.Message,
		})
	}
	return d
}

var severities = map[finding.Severity]protocol.DiagnosticSeverity{
	finding.Error:   protocol.DiagnosticSeverityError,
	finding.Warning: protocol.DiagnosticSeverityWarning,
	finding.Info:    protocol.DiagnosticSeverityInformation,
	"":              protocol.DiagnosticSeverityWarning,
}

// span converts a range. One whose end isn't known reaches to the end of the
// word, so that there is something to see.
func (c converter) span(r finding.Range) protocol.Range {
	text := c.text(r.Start.File)
	start := c.offset(r.Start)
	end := start
	if r.End.File == r.Start.File {
		end = c.offset(r.End)
	}
	if end <= start {
		end = text.wordEnd(start)
	}
	return text.span(start, end)
}

// offset returns where a place is in the text of its file. Behind //line
// comments only the line is known, and sometimes the column.
func (c converter) offset(p finding.Position) int {
	text := c.text(p.File)
	if p.Offset >= 0 && (p.Line == 0 || int(text.position(p.Offset).Line) == p.Line-1) {
		return p.Offset
	}
	line, start := text.line(max(p.Line-1, 0))
	return start + min(max(p.Column-1, 0), len(line))
}
