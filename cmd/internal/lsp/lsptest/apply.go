package lsptest

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"

	"go.lsp.dev/protocol"
)

// Apply does what an action does to open files, as if it were typed: all
// edits of a file speak of its text before them.
func (c *Client) Apply(action *protocol.CodeAction) {
	c.Helper()
	for _, change := range action.Edit.DocumentChanges {
		edit := change.(*protocol.TextDocumentEdit)
		path := filepath.Clean(edit.TextDocument.URI.FsPath())
		if v := edit.TextDocument.Version; v == nil || *v != c.files[path].version {
			c.Fatalf("%s is for version %v of %s", action.Title, v, path)
		}
		text := c.Text(path)
		var changes []protocol.TextDocumentContentChangeEvent
		for _, e := range slices.Backward(edit.Edits) {
			plain := e.(*protocol.TextEdit)
			text = Replace(text, plain.Range, plain.NewText)
			changes = append(changes, &protocol.TextDocumentContentChangePartial{Range: plain.Range, Text: plain.NewText})
		}
		c.Type(path, text, changes...)
	}
}

// Replace replaces what stands in a range, written as plainly as can be, to
// be compared with what the server does.
func Replace(text string, where protocol.Range, by string) string {
	units := utf16.Encode([]rune(text))
	return string(utf16.Decode(units[:index(units, where.Start)])) + by + string(utf16.Decode(units[index(units, where.End):]))
}

// index returns the index of a position among UTF-16 units.
func index(units []uint16, p protocol.Position) int {
	lines := strings.SplitAfter(string(utf16.Decode(units)), "\n")
	i := 0
	for number, line := range lines {
		if number == int(p.Line) {
			length := len(utf16.Encode([]rune(strings.TrimRight(line, "\r\n"))))
			return i + min(int(p.Character), length)
		}
		i += len(utf16.Encode([]rune(line)))
	}
	return i
}
