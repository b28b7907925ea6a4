package lsp

import (
	"context"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// A document is a file that the editor has open, as the editor sees it.
type document struct {
	uri     uri.URI // as the editor writes it
	path    string
	version int32
	text    *text
	unit    *unit // nil if nobody works on the file
}

// pathOf returns the path of a file on this machine, or "".
func pathOf(u uri.URI) string {
	if !u.IsFile() {
		return ""
	}
	return filepath.Clean(u.FsPath())
}

// DidOpen takes over a file from the disk.
func (s *server) DidOpen(_ context.Context, params *protocol.DidOpenTextDocumentParams) error {
	item := params.TextDocument
	path := pathOf(item.URI)
	if !strings.HasSuffix(path, ".go") {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := &document{item.URI, path, item.Version, newText(item.Text), s.unitOf(path)}
	s.open[path] = d
	s.edited(d, now)
	return nil
}

// DidChange applies edits. They are looked at when typing pauses.
func (s *server) DidChange(_ context.Context, params *protocol.DidChangeTextDocumentParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.open[pathOf(params.TextDocument.URI)]
	if d == nil {
		return nil
	}
	for _, change := range params.ContentChanges {
		d.apply(change)
	}
	d.version = params.TextDocument.Version
	s.edited(d, s.opts.Debounce)
	return nil
}

// apply applies one edit.
func (d *document) apply(change protocol.TextDocumentContentChangeEvent) {
	switch change := change.(type) {
	case *protocol.TextDocumentContentChangeWholeDocument:
		start, end := differing(d.text.content, change.Text)
		d.replace(start, len(d.text.content)-end, change.Text[start:len(change.Text)-end])
	case *protocol.TextDocumentContentChangePartial:
		start, end := d.text.offset(change.Range.Start), d.text.offset(change.Range.End)
		d.replace(min(start, end), max(start, end), change.Text)
	}
}

// replace replaces bytes, and moves what is shown in the file with them.
func (d *document) replace(start, end int, by string) {
	old := d.text
	d.text = newText(old.content[:start] + by + old.content[end:])
	if d.unit != nil {
		m := move{from: old.position(start), to: old.position(end), now: d.text.position(start + len(by))}
		d.unit.shown[d.path] = m.all(d.unit.shown[d.path])
	}
}

// differing returns how many bytes two strings have in common in front, and
// how many behind that. Characters aren't split.
func differing(a, b string) (prefix, suffix int) {
	shorter := min(len(a), len(b))
	for prefix < shorter && a[prefix] == b[prefix] {
		prefix++
	}
	for prefix > 0 && (prefix < len(a) && !utf8.RuneStart(a[prefix]) || prefix < len(b) && !utf8.RuneStart(b[prefix])) {
		prefix--
	}
	for suffix < shorter-prefix && a[len(a)-1-suffix] == b[len(b)-1-suffix] {
		suffix++
	}
	for suffix > 0 && !utf8.RuneStart(a[len(a)-suffix]) {
		suffix--
	}
	return prefix, suffix
}

// DidSave has the file looked at now. It is what others on disk wait for.
func (s *server) DidSave(_ context.Context, params *protocol.DidSaveTextDocumentParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.open[pathOf(params.TextDocument.URI)]; d != nil {
		s.due(d.unit, now)
	}
	return nil
}

// DidClose gives a file back to the disk.
func (s *server) DidClose(_ context.Context, params *protocol.DidCloseTextDocumentParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.open[pathOf(params.TextDocument.URI)]
	if d == nil {
		return nil
	}
	delete(s.open, d.path)
	s.edited(d, now)
	return nil
}
