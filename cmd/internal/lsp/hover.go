package lsp

import (
	"context"
	"fmt"
	"go/doc/comment"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/passes/suite"
)

// Hover explains the findings at a place: what their checks look for, with
// wrong and right code.
func (s *server) Hover(_ context.Context, params *protocol.HoverParams) (*protocol.Hover, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.open[pathOf(params.TextDocument.URI)]
	if d == nil || d.unit == nil {
		return nil, nil
	}
	at := protocol.Range{Start: params.Position, End: params.Position}
	var pages []string
	var where *protocol.Range
	explained := make(map[string]bool)
	for _, f := range d.unit.shown[d.path] {
		check, known := suite.Named(f.finding.Check)
		if !known || explained[f.finding.Check] || !overlap(f.diagnostic.Range, at) {
			continue
		}
		explained[f.finding.Check] = true
		pages = append(pages, explanation(check))
		where = &f.diagnostic.Range
	}
	if len(pages) == 0 {
		return nil, nil
	}
	kind := protocol.MarkupKindPlainText
	if s.can.markdown {
		kind = protocol.MarkupKindMarkdown
	}
	return &protocol.Hover{Contents: &protocol.MarkupContent{Kind: kind, Value: strings.Join(pages, "\n\n---\n\n")}, Range: where}, nil
}

// explanation is the page of a check in Markdown, which also reads well where
// it is shown as it stands.
func explanation(check suite.Check) string {
	page := check.Page()
	parts := []string{fmt.Sprintf("**%s**: %s", check.Name(), page.Summary)}
	if text := strings.TrimSpace(page.Prose); text != "" {
		var printer comment.Printer
		parts = append(parts, strings.TrimSpace(string(printer.Markdown(new(comment.Parser).Parse(text)))))
	}
	for _, code := range []struct{ title, text string }{{"Wrong", page.Wrong}, {"Right", page.Right}} {
		if code.text != "" {
			parts = append(parts, fmt.Sprintf("%s:\n\n```go\n%s\n```", code.title, strings.Trim(code.text, "\n")))
		}
	}
	if check.Analyzer.URL != "" {
		parts = append(parts, fmt.Sprintf("[docs/checks/%s](%s)", check.Name(), check.Analyzer.URL))
	}
	return strings.Join(parts, "\n\n")
}
