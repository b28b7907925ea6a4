package differential

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Focus is a race that was found at two lines of a program.
type Focus struct {
	Program int
	Lines   [2]int
}

// Focused renders, steered, a copy of a program for each focus, in which only
// the two accesses of what they share are left: the race detector reports no
// second race of a variable in a run, so that one pair of accesses may hide
// another. Line directives keep the lines the same.
func (s *Source) Focused(list []Focus) string {
	out := &Source{text: new(text)}
	out.preamble()
	b := new(strings.Builder)
	b.WriteString(out.text.render(true))
	var names []string
	for i, f := range list {
		name := fmt.Sprintf("F%d", i)
		names = append(names, name)
		s.focus(b, f, name)
	}
	return b.String() + tableOf(names)
}

func (s *Source) focus(b *strings.Builder, f Focus, name string) {
	p := s.Programs[f.Program]
	shared := s.shared(f.Lines)
	fmt.Fprintf(b, "//line programs.go:%d\n", p.First)
	for n := p.First; n <= p.Last; n++ {
		l := s.text.lines[n-1]
		switch {
		case strings.HasPrefix(l.text, "func P"):
			l.text = "func " + name + "() {"
		case n != f.Lines[0] && n != f.Lines[1] && l.isAccess() && slices.ContainsFunc(shared, func(v string) bool { return mentions(l.text, v) }):
			l.text = "_ = 0"
		}
		b.WriteString(l.steered() + "\n")
	}
}

// isAccess reports whether a line does nothing but to access variables.
func (l line) isAccess() bool {
	return l.role == plain && !strings.HasSuffix(l.text, "{") && !strings.HasPrefix(l.text, "}") &&
		!strings.HasPrefix(l.text, "var ") && !strings.HasPrefix(l.text, "_ =") && !strings.Contains(l.text, ":=") && !strings.HasPrefix(l.text, "defer ")
}

var word = regexp.MustCompile(`[a-z]+[0-9]+(\.n)?`)

// shared returns the names that two lines have in common.
func (s *Source) shared(lines [2]int) []string {
	var names []string
	others := word.FindAllString(s.text.lines[lines[1]-1].text, -1)
	for _, name := range word.FindAllString(s.text.lines[lines[0]-1].text, -1) {
		if slices.Contains(others, name) {
			names = append(names, name)
		}
	}
	return names
}
