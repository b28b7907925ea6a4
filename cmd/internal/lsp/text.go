package lsp

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.lsp.dev/protocol"
)

// A text is the contents of a file with the places where its lines begin.
// The protocol counts columns in UTF-16 code units, and ends a line at "\n",
// "\r\n" or a "\r" that stands alone; everybody else here counts bytes.
type text struct {
	content string
	lines   []int // offsets at which lines begin
}

func newText(content string) *text {
	lines := []int{0}
	for i := range len(content) {
		switch {
		case content[i] == '\n':
		case content[i] == '\r' && !strings.HasPrefix(content[i+1:], "\n"):
		default:
			continue
		}
		lines = append(lines, i+1)
	}
	return &text{content, lines}
}

// line returns a line without its end, and where it begins. Behind the last
// line there are empty ones.
func (t *text) line(number int) (line string, start int) {
	if number >= len(t.lines) {
		return "", len(t.content)
	}
	start = t.lines[number]
	end := len(t.content)
	if number+1 < len(t.lines) {
		end = t.lines[number+1]
	}
	return strings.TrimRight(t.content[start:end], "\r\n"), start
}

// offset returns the byte that a position means. What lies behind the end of
// a line means the end, as the protocol says.
func (t *text) offset(p protocol.Position) int {
	line, start := t.line(int(p.Line))
	units := uint32(0)
	for i, r := range line {
		if units >= p.Character {
			return start + i
		}
		units += units16(r)
	}
	return start + len(line)
}

// position returns the position of a byte.
func (t *text) position(offset int) protocol.Position {
	offset = min(max(offset, 0), len(t.content))
	number := sort.SearchInts(t.lines, offset+1) - 1
	return protocol.Position{Line: uint32(number), Character: length16(t.content[t.lines[number]:offset])}
}

// span returns the positions of a stretch of bytes.
func (t *text) span(start, end int) protocol.Range {
	return protocol.Range{Start: t.position(start), End: t.position(end)}
}

// length16 returns how many UTF-16 code units a string takes.
func length16(s string) uint32 {
	units := uint32(0)
	for _, r := range s {
		units += units16(r)
	}
	return units
}

// units16 returns how many UTF-16 code units a character takes. A byte that
// belongs to none counts as one.
func units16(r rune) uint32 {
	if r >= 1<<16 && r != utf8.RuneError {
		return 2
	}
	return 1
}

// wordEnd returns where the word at a place ends, or the character.
func (t *text) wordEnd(offset int) int {
	rest := t.content[min(offset, len(t.content)):]
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	switch {
	case end < 0:
		return len(t.content)
	case end == 0:
		_, end = utf8.DecodeRuneInString(rest)
	}
	return offset + end
}
