package output

import "github.com/goconclint/goconclint/cmd/internal/finding"

// An ink colours text for a terminal, or leaves it alone when it is off.
type ink bool

// A style is the parameter of a "select graphic rendition" sequence
// (ECMA-48), which every terminal of today understands.
type style string

const (
	bold  style = "1"
	dim   style = "2"
	red   style = "1;31"
	green style = "1;32"
	cyan  style = "36"

	removed style = "31"
	added   style = "32"
)

// severityStyle is what findings are underlined with.
func severityStyle(s finding.Severity) style {
	switch s {
	case finding.Error:
		return red
	case finding.Info:
		return "1;34"
	}
	return "1;33"
}

// lane returns the colour of a goroutine, by its column.
func lane(column int) style {
	lanes := []style{"34", "35", "33", "36", "32"}
	return lanes[column%len(lanes)]
}

func (on ink) in(s style, text string) string {
	if !on || text == "" || s == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// link makes a hyperlink of text, as many terminals show them (OSC 8).
func link(url, text string) string {
	return "\x1b]8;;" + url + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}
