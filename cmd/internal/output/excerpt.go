package output

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// tabWidth is how many columns a TAB takes at most: less than a terminal
// gives it, since a gutter stands in front of the line.
const tabWidth = 4

// A cell is what a terminal shows for one user-perceived character.
type cell struct {
	text  string
	width int // columns
	start int // byte offset in the line
}

// An excerpt is a piece of a source line and what to mark in it.
type excerpt struct {
	before, marked, after string
	indent, width         int // columns before the mark, and of it; at least one
}

// excerptOf lays out the line for a terminal and marks the bytes from start
// to end. A line that is wider than limit columns is cut to the part around
// the mark.
func excerptOf(line string, start, end, limit int) excerpt {
	cells := layOut(line)
	start, end = min(max(start, 0), len(line)), min(end, len(line))
	from := cellAt(cells, start)
	to := max(cellAt(cells, end), min(from+1, len(cells)))
	low, high := window(cells, from, to, limit)
	to = min(to, high)

	e := excerpt{
		before: text(cells[low:from]),
		marked: text(cells[from:to]),
		after:  text(cells[to:high]),
		indent: width(cells[low:from]),
		width:  max(width(cells[from:to]), 1),
	}
	if low > 0 {
		e.before, e.indent = ellipsis+e.before, e.indent+1
	}
	if high < len(cells) {
		e.after += ellipsis
	}
	return e
}

const ellipsis = "…"

// layOut cuts a line into cells. TABs become spaces; what would move the
// cursor or change the order of the text is shown as a replacement.
func layOut(line string) []cell {
	var cells []cell
	column, state := 0, -1
	for at := 0; at < len(line); {
		cluster, _, w, next := uniseg.FirstGraphemeClusterInString(line[at:], state)
		shown := cluster
		switch r, _ := utf8.DecodeRuneInString(cluster); {
		case r == '\t':
			w = tabWidth - column%tabWidth
			shown = strings.Repeat(" ", w)
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == utf8.RuneError:
			shown, w = string(utf8.RuneError), 1
		}
		cells = append(cells, cell{shown, w, at})
		column, at, state = column+w, at+len(cluster), next
	}
	return cells
}

// cellAt returns the index of the cell that holds the byte at the offset.
func cellAt(cells []cell, offset int) int {
	for i, c := range cells {
		if c.start > offset {
			return i - 1
		}
		if c.start == offset {
			return i
		}
	}
	return len(cells)
}

// window returns the cells to show: all of them if they fit, else from about
// a third of the limit before the mark.
func window(cells []cell, from, to, limit int) (low, high int) {
	if width(cells) <= limit {
		return 0, len(cells)
	}
	limit = max(limit-2*len([]rune(ellipsis)), 1)
	low, high = from, from
	for room := limit / 3; low > 0 && cells[low-1].width <= room; low-- {
		room -= cells[low-1].width
	}
	room := limit - width(cells[low:from])
	for ; high < len(cells) && cells[high].width <= room; high++ {
		room -= cells[high].width
	}
	for ; low > 0 && cells[low-1].width <= room; low-- { // the end of the line: show more of its start
		room -= cells[low-1].width
	}
	return low, max(high, min(from+1, to))
}

func text(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	return b.String()
}

func width(cells []cell) int {
	w := 0
	for _, c := range cells {
		w += c.width
	}
	return w
}
