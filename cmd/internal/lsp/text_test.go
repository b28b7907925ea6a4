package lsp

import (
	"fmt"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
)

func TestPositions(t *testing.T) {
	text := newText("a𝔘é\r\nb\rc\n\n界")
	for _, test := range []struct {
		offset     int
		line, unit uint32
	}{
		{0, 0, 0},
		{1, 0, 1},
		{5, 0, 3}, // behind the pair
		{7, 0, 4},
		{9, 1, 0},
		{10, 1, 1},
		{11, 2, 0}, // a lone \r ends a line
		{13, 3, 0},
		{14, 4, 0},
		{17, 4, 1},
	} {
		p := protocol.Position{Line: test.line, Character: test.unit}
		if got := text.position(test.offset); got != p {
			t.Errorf("byte %d is at %v, want %v", test.offset, got, p)
		}
		if got := text.offset(p); got != test.offset {
			t.Errorf("%v is byte %d, want %d", p, got, test.offset)
		}
	}
	for p, want := range map[protocol.Position]int{
		{Line: 0, Character: 99}: 7,  // the end of the line, in front of \r\n
		{Line: 0, Character: 2}:  5,  // in the midst of the pair: behind it
		{Line: 9, Character: 1}:  17, // behind the end
	} {
		if got := text.offset(p); got != want {
			t.Errorf("%v is byte %d, want %d", p, got, want)
		}
	}
}

// FuzzReplace: an edit of ours leaves what an editor's leaves.
func FuzzReplace(f *testing.F) {
	f.Add("a𝔘é\r\nb", uint32(0), uint32(1), uint32(1), uint32(0), "界\n")
	f.Fuzz(func(t *testing.T, content string, line, column, endLine, endColumn uint32, by string) {
		content, by = valid(content), valid(by)
		d := &document{text: newText(content)}
		where := protocol.Range{
			Start: protocol.Position{Line: line % 8, Character: column % 16},
			End:   protocol.Position{Line: endLine % 8, Character: endColumn % 16},
		}
		if before(where.End, where.Start) {
			where.Start, where.End = where.End, where.Start
		}
		for _, p := range []*protocol.Position{&where.Start, &where.End} {
			*p = d.text.position(d.text.offset(*p)) // a place between characters
		}
		d.apply(&protocol.TextDocumentContentChangePartial{Range: where, Text: by})
		if want := lsptest.Replace(content, where, by); d.text.content != want {
			t.Errorf("%q, %v by %q: %q, want %q", content, where, by, d.text.content, want)
		}
		d.apply(&protocol.TextDocumentContentChangeWholeDocument{Text: content})
		if d.text.content != content {
			t.Errorf("replaced as a whole by %q: %q", content, d.text.content)
		}
	})
}

// valid returns what JSON can carry and lsptest counts: characters, and lines
// that don't end in a lone \r.
func valid(s string) string {
	var list []rune
	for _, r := range s {
		if r != '\r' {
			list = append(list, r)
		}
	}
	return string(list)
}

func TestMove(t *testing.T) {
	const text = "one\ntwo three\nfour\n"
	d := &document{path: "f", text: newText(text), unit: &unit{shown: make(map[string][]shown)}}
	mark := func(line, from, to uint32) shown {
		return shown{diagnostic: protocol.Diagnostic{Range: protocol.Range{
			Start: protocol.Position{Line: line, Character: from}, End: protocol.Position{Line: line, Character: to},
		}}}
	}
	for _, test := range []struct {
		name string
		edit protocol.TextDocumentContentChangeEvent
		want string
	}{
		{"above", &protocol.TextDocumentContentChangePartial{Range: span(0, 0, 0, 0), Text: "zero\n"}, "{2 4}-{2 9} {3 0}-{3 4} "},
		{"in front", &protocol.TextDocumentContentChangePartial{Range: span(1, 0, 1, 3), Text: "2"}, "{1 2}-{1 7} {2 0}-{2 4} "},
		{"touched", &protocol.TextDocumentContentChangePartial{Range: span(1, 5, 1, 6), Text: "x"}, "{2 0}-{2 4} "},
		{"behind", &protocol.TextDocumentContentChangePartial{Range: span(2, 4, 3, 0), Text: ""}, "{1 4}-{1 9} {2 0}-{2 4} "},
		{"lines joined", &protocol.TextDocumentContentChangePartial{Range: span(0, 3, 1, 0), Text: ""}, "{0 7}-{0 12} {1 0}-{1 4} "},
		{"as a whole", &protocol.TextDocumentContentChangeWholeDocument{Text: "one\n\ntwo three\nfour\n"}, "{2 4}-{2 9} {3 0}-{3 4} "},
	} {
		d.text = newText(text)
		d.unit.shown["f"] = []shown{mark(1, 4, 9), mark(2, 0, 4)}
		d.apply(test.edit)
		got := ""
		for _, f := range d.unit.shown["f"] {
			r := f.diagnostic.Range
			got += sprint(r)
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func sprint(r protocol.Range) string {
	return fmt.Sprintf("{%d %d}-{%d %d} ", r.Start.Line, r.Start.Character, r.End.Line, r.End.Character)
}

func span(line, from, endLine, to uint32) protocol.Range {
	return protocol.Range{Start: protocol.Position{Line: line, Character: from}, End: protocol.Position{Line: endLine, Character: to}}
}
