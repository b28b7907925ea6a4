package differential

import (
	"fmt"
	"strings"
)

// A text is a Go file that is being written, one statement a line. It is
// rendered twice, line for line alike: plain, as the engine reads it, and
// steered, where a goroutine stops at each visible operation until it is let
// on (testdata/steer).
type text struct {
	lines []line
	depth int
}

type line struct {
	depth int
	text  string
	role  role
}

// A role says what the steered rendering adds to a line.
type role uint8

const (
	plain    role = iota
	visible       // a visible operation: stop in front of it
	spawn         // opens the body of a goroutine
	spawnFun      // starts a function without arguments as a goroutine
	deferred      // defers a visible operation: stop in front of it when it comes
	turn          // ends the body of a loop whose head is visible: stop
)

func (t *text) add(r role, format string, args ...any) {
	t.lines = append(t.lines, line{t.depth, fmt.Sprintf(format, args...), r})
}

// open writes a line that opens a block.
func (t *text) open(r role, format string, args ...any) {
	t.add(r, format, args...)
	t.depth++
}

// shut writes the line that ends a block.
func (t *text) shut(r role, end string) {
	t.depth--
	t.add(r, "%s", end)
}

// arm writes a case of a select, outdented.
func (t *text) arm(format string, args ...any) {
	t.depth--
	t.open(plain, format, args...)
}

// render returns the file.
func (t *text) render(steered bool) string {
	var b strings.Builder
	for _, l := range t.lines {
		b.WriteString(strings.Repeat("\t", l.depth))
		if steered {
			b.WriteString(l.steered())
		} else {
			b.WriteString(l.text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (l line) steered() string {
	switch l.role {
	case visible:
		return "at(); " + l.text
	case spawn:
		return "at(); starts(); " + l.text + " defer ends()"
	case spawnFun:
		return "at(); starts(); go func() { defer ends(); " + strings.TrimPrefix(l.text, "go ") + " }()"
	case deferred:
		return "defer func() { at(); " + strings.TrimPrefix(l.text, "defer ") + " }()"
	case turn:
		return "at() " + l.text
	}
	return l.text
}
