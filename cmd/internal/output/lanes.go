package output

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/goconclint/goconclint/cmd/internal/sequence"
)

// schedule draws a schedule: numbered steps, a column with a colour for each
// goroutine, and the place on the right. Where the terminal is too narrow
// for columns, each step is a line that begins with the goroutine's name.
func (p *printer) schedule(s sequence.Sequence) {
	if widths := laneWidths(s); laneTotal(widths)+placeWidth(s) <= p.Width {
		p.lanes(s, widths)
	} else {
		p.list(s)
	}
}

const (
	numberWidth = len("    1  ")
	laneGap     = 2
)

// laneWidths returns how wide each goroutine's column must be.
func laneWidths(s sequence.Sequence) []int {
	widths := make([]int, len(s.Goroutines))
	for i, g := range s.Goroutines {
		widths[i] = uniseg.StringWidth(g.Name)
	}
	for _, step := range s.Steps {
		widths[step.Column] = max(widths[step.Column], uniseg.StringWidth(step.Text))
	}
	return widths
}

func laneTotal(widths []int) int {
	total := numberWidth
	for _, w := range widths {
		total += w + laneGap
	}
	return total
}

func placeWidth(s sequence.Sequence) int {
	width := 0
	for _, step := range s.Steps {
		width = max(width, len(sequence.Place(step.Range.Start)))
	}
	return width
}

func (p *printer) lanes(s sequence.Sequence, widths []int) {
	fmt.Fprint(p, strings.Repeat(" ", numberWidth))
	for i, g := range s.Goroutines {
		fmt.Fprint(p, p.in(lane(i), g.Name))
		if i < len(s.Goroutines)-1 {
			fmt.Fprint(p, spaces(widths[i]+laneGap-uniseg.StringWidth(g.Name)))
		}
	}
	fmt.Fprintln(p)
	for number, step := range s.Steps {
		fmt.Fprint(p, p.in(dim, fmt.Sprintf("%5d  ", number+1)))
		for i, width := range widths {
			if i != step.Column {
				fmt.Fprint(p, p.in(dim, "·"), spaces(width+laneGap-1))
				continue
			}
			fmt.Fprint(p, p.in(emphasis(step), step.Text), spaces(width+laneGap-uniseg.StringWidth(step.Text)))
		}
		fmt.Fprintln(p, p.in(dim, p.linkedFile(step.Range.Start, sequence.Place(step.Range.Start))))
	}
}

// emphasis is the goroutine's colour, bold for what is to blame.
func emphasis(step sequence.Step) style {
	if step.Last {
		return bold + ";" + lane(step.Column)
	}
	return lane(step.Column)
}

// list writes the steps one below the other, wrapped to the width.
func (p *printer) list(s sequence.Sequence) {
	for number, step := range s.Steps {
		name := s.Goroutines[step.Column].Name
		words := strings.Fields(step.Text + ", " + sequence.Place(step.Range.Start))
		fmt.Fprint(p, p.in(dim, fmt.Sprintf("%5d  ", number+1)), p.in(emphasis(step), name))
		used := numberWidth + uniseg.StringWidth(name)
		for _, word := range words {
			if width := uniseg.StringWidth(word); used+1+width > p.Width && used > numberWidth {
				fmt.Fprint(p, "\n", spaces(numberWidth+1))
				used = numberWidth + 1
			}
			fmt.Fprint(p, " ", word)
			used += 1 + uniseg.StringWidth(word)
		}
		fmt.Fprintln(p)
	}
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
