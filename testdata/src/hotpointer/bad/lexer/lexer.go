// Package lexer hands small values out by pointer.
package lexer

import (
	"io"
	"strings"
)

// A span is where a token starts and ends.
type span struct{ start, end int }

func (s *span) length() int { return s.end - s.start }

// A Lexer cuts text into words.
type Lexer struct {
	text string
	pos  int
	long io.StringWriter
}

// next is too long to be inlined.
func (l *Lexer) next() *span {
	for l.pos < len(l.text) && strings.ContainsRune(" \t\r\n", rune(l.text[l.pos])) {
		l.pos++
	}
	start := l.pos
	for l.pos < len(l.text) && !strings.ContainsRune(" \t\r\n", rune(l.text[l.pos])) {
		l.pos++
	}
	if l.pos > start+80 {
		l.long.WriteString(l.text[start:l.pos])
	}
	return &span{start, l.pos} // want `next returns a \*span of 16 bytes made on a hot path: one allocation per call`
}

// Longest returns the length of the longest word. It is hot, and so is what
// it calls.
//
//goconclint:hot
func (l *Lexer) Longest() int {
	longest := 0
	for l.pos < len(l.text) {
		longest = max(longest, l.next().length())
	}
	return longest
}

type mark struct {
	line, column int32
}

type token struct {
	text string
	at   *mark
}

// Tokens makes a mark for each token.
//
//goconclint:hot
func (l *Lexer) Tokens() int {
	var tokens []token
	for line, text := range strings.Split(l.text, "\n") {
		tokens = append(tokens, token{text: text, at: &mark{line: int32(line)}}) // want `token.at is a \*mark of 8 bytes made on a hot path: one allocation per assignment`
	}
	width := 0
	for _, t := range tokens {
		width = max(width, int(t.at.column)+len(t.text))
	}
	return width
}
