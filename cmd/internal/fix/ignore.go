package fix

import (
	"bytes"
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"strings"
)

// Ignore writes a comment that silences checks on a line of a file: at its
// end where there is room for one, else on a line of its own above. It
// returns the line of the comment.
func Ignore(file string, line int, checks, reason string) (int, error) {
	old, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	lines := bytes.SplitAfter(old, []byte("\n"))
	if line > len(lines) || len(bytes.TrimSpace(lines[line-1])) == 0 {
		return 0, fmt.Errorf("%s has no code on line %d", file, line)
	}
	comment := "//goconclint:ignore " + checks + " " + reason
	end, above := room(old, line)
	text := lines[line-1]
	switch body := bytes.TrimRight(text, "\r\n"); {
	case end:
		lines[line-1] = []byte(string(body) + " " + comment + string(text[len(body):]))
	case above:
		indent := text[:len(text)-len(bytes.TrimLeft(text, " \t"))]
		ending := "\n"
		if bytes.HasSuffix(text, []byte("\r\n")) {
			ending = "\r\n"
		}
		lines[line-1] = []byte(string(indent) + comment + ending + string(text))
	default:
		return 0, fmt.Errorf("%s:%d is inside a string or a comment: name the line where the statement begins", file, line)
	}
	edited := bytes.Join(lines, nil)
	p := Plan{Changes: []Change{{File: file, Old: old, New: tidied(old, edited)}}}
	return line, p.Write()
}

// room reports whether a comment fits at the end of a line, and above it:
// not behind another comment, not where the line ends or begins in the midst
// of a string or comment.
func room(content []byte, line int) (end, above bool) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(content))
	var s scanner.Scanner
	s.Init(file, content, func(token.Position, string) {}, scanner.ScanComments)
	end, above = true, true
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return end, above
		}
		first := file.Line(pos)
		last := first + strings.Count(literal, "\n")
		if tok == token.SEMICOLON {
			continue // its literal is the line's end
		}
		if first <= line && line < last || tok == token.COMMENT && last == line {
			end = false
		}
		if first < line && line <= last {
			above = false
		}
	}
}
