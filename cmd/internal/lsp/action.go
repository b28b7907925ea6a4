package lsp

import (
	"context"
	"os"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/fix"
	"github.com/goconclint/goconclint/passes/directive"
)

// CodeAction offers what can be done about the findings in a range: their
// fixes, and a comment that silences them.
func (s *server) CodeAction(_ context.Context, params *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.open[pathOf(params.TextDocument.URI)]
	if d == nil || d.unit == nil || !wantsQuickFix(params.Context.Only) {
		return nil, nil
	}
	var actions []protocol.CommandOrCodeAction
	for _, f := range d.unit.shown[d.path] {
		if !overlap(f.diagnostic.Range, params.Range) {
			continue
		}
		for i, one := range f.finding.Fixes {
			if edit := s.fixEdit(f.finding, one); edit != nil {
				actions = append(actions, quickFix(one.Message, f, edit, i == 0))
			}
		}
		if edit := s.ignoreEdit(d, f); edit != nil {
			actions = append(actions, quickFix("Ignore "+f.finding.Check+" here, with a reason", f, edit, false))
		}
	}
	return actions, nil
}

// wantsQuickFix reports whether the kinds that the editor asks for, all if
// there are none, include what we have.
func wantsQuickFix(only []protocol.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(kind protocol.CodeActionKind) bool {
		return kind == "" || kind == protocol.CodeActionKindQuickFix
	})
}

func quickFix(title string, f shown, edit *protocol.WorkspaceEdit, preferred bool) *protocol.CodeAction {
	kind := protocol.CodeActionKindQuickFix
	action := &protocol.CodeAction{Title: title, Kind: &kind, Diagnostics: []protocol.Diagnostic{f.diagnostic}, Edit: edit}
	if preferred {
		action.IsPreferred = &preferred
	}
	return action
}

// fixEdit returns what a fix changes, nil if it was made for another text
// than the editor's.
func (s *server) fixEdit(f finding.Finding, one finding.Fix) *protocol.WorkspaceEdit {
	plan, err := fix.MakeFrom([]fix.Choice{{Finding: f, Fix: one}}, func(name string) ([]byte, error) {
		if d := s.open[name]; d != nil {
			return []byte(d.text.content), nil
		}
		return os.ReadFile(name)
	})
	if err != nil || len(plan.Changes) == 0 {
		return nil
	}
	edit := new(protocol.WorkspaceEdit)
	for _, c := range plan.Changes {
		before := newText(string(c.Old))
		var edits []protocol.TextDocumentEditElement
		for _, e := range c.Edits() {
			edits = append(edits, &protocol.TextEdit{Range: before.span(e.Start, e.End), NewText: e.New})
		}
		s.addEdits(edit, c.File, edits)
	}
	return edit
}

// reason is what a comment gives as its reason until somebody writes one.
const reason = "TODO: say why this is right"

// ignoreEdit returns an edit that silences a finding, nil where there is no
// room for a comment. Where the editor can, the reason is a place to fill in.
func (s *server) ignoreEdit(d *document, f shown) *protocol.WorkspaceEdit {
	if f.finding.Check == directive.Name {
		return nil // it judges comments: to change them is the way
	}
	line := int(f.diagnostic.Range.Start.Line) + 1
	e, err := fix.IgnoreEdit(d.path, []byte(d.text.content), line, f.finding.Check, reason)
	if err != nil {
		return nil
	}
	where := d.text.span(e.Start, e.End)
	var element protocol.TextDocumentEditElement = &protocol.TextEdit{Range: where, NewText: e.New}
	if s.can.snippets && s.can.versions {
		snippet := strings.Replace(escaped(e.New), reason, "${1:"+reason+"}", 1)
		element = &protocol.SnippetTextEdit{Range: where, Snippet: protocol.StringValue{Kind: "snippet", Value: snippet}}
	}
	edit := new(protocol.WorkspaceEdit)
	s.addEdits(edit, d.path, []protocol.TextDocumentEditElement{element})
	return edit
}

// escaped makes a text mean itself in a snippet.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, `$`, `\$`, `}`, `\}`).Replace(text)
}

// addEdits adds the edits of one file, with its version where the editor
// reads that.
func (s *server) addEdits(all *protocol.WorkspaceEdit, path string, edits []protocol.TextDocumentEditElement) {
	name := s.uriOf(path)
	if s.can.versions {
		target := protocol.OptionalVersionedTextDocumentIdentifier{TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: name}}
		if d := s.open[path]; d != nil {
			target.Version = &d.version
		}
		all.DocumentChanges = append(all.DocumentChanges, &protocol.TextDocumentEdit{TextDocument: target, Edits: edits})
		return
	}
	if all.Changes == nil {
		all.Changes = make(map[uri.URI][]protocol.TextEdit)
	}
	for _, e := range edits {
		if plain, ok := e.(*protocol.TextEdit); ok {
			all.Changes[name] = append(all.Changes[name], *plain)
		}
	}
}
