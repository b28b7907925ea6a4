package output

import (
	"io"
	"slices"
)

// A Format writes a report. Paths in it are relative to the base.
type Format func(w io.Writer, base Base, r Report) error

// formats lists all formats but the terminal's view, in the order in which
// they are shown to users.
func formats() []namedFormat {
	return []namedFormat{
		{"text", Text},
		{"line", Line},
		{"json", JSON},
		{"sarif", SARIF},
		{"github", GitHub},
		{"checkstyle", Checkstyle},
		{"junit", JUnit},
		{"codeclimate", CodeClimate},
		{"rdjson", RDJSON},
		{"html", HTML},
	}
}

type namedFormat struct {
	name  string
	write Format
}

// Formats returns the names of the formats.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// FormatNamed returns a format by its name.
func FormatNamed(name string) (Format, bool) {
	list := formats()
	i := slices.IndexFunc(list, func(f namedFormat) bool { return f.name == name })
	if i < 0 {
		return nil, false
	}
	return list[i].write, true
}
