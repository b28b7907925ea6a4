package output

import (
	"io"
	"strings"
)

// Diff writes a unified diff, with the colours that people know from git.
func (t Terminal) Diff(w io.Writer, diff []byte) error {
	on := ink(t.Color)
	var out strings.Builder
	for line := range strings.Lines(string(diff)) {
		text := strings.TrimSuffix(line, "\n")
		out.WriteString(on.in(diffStyle(text), text))
		out.WriteString(line[len(text):])
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func diffStyle(line string) style {
	for _, s := range []struct {
		prefix string
		style  style
	}{{"diff ", bold}, {"--- ", bold}, {"+++ ", bold}, {"@@ ", cyan}, {"-", removed}, {"+", added}} {
		if strings.HasPrefix(line, s.prefix) {
			return s.style
		}
	}
	return ""
}

// Heading writes the title of a piece of text.
func (t Terminal) Heading(text string) string { return ink(t.Color).in(bold, text) }
