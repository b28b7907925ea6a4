package fix

import (
	"bytes"
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Ignore writes a comment that silences checks on a line of a file and
// returns the line of the comment.
func Ignore(file string, line int, checks, reason string) (int, error) {
	old, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	e, err := IgnoreEdit(file, old, line, checks, reason)
	if err != nil {
		return 0, err
	}
	edited := slices.Concat(old[:e.Start], []byte(e.New), old[e.End:])
	p := Plan{Changes: []Change{{File: file, Old: old, New: tidied(old, edited)}}}
	return line, p.Write()
}

// IgnoreEdit returns the edit that puts a comment on a line of a file, with
// the given contents, which silences checks there: at the end of the line
// where there is room for one, else on a line of its own above.
func IgnoreEdit(file string, content []byte, line int, checks, reason string) (finding.Edit, error) {
	lines := bytes.SplitAfter(content, []byte("\n"))
	if line < 1 || line > len(lines) || len(bytes.TrimSpace(lines[line-1])) == 0 {
		return finding.Edit{}, fmt.Errorf("%s has no code on line %d", file, line)
	}
	start := len(bytes.Join(lines[:line-1], nil))
	text := lines[line-1]
	comment := "//goconclint:ignore " + checks + " " + reason
	switch end, above := room(content, line); {
	case end:
		start += len(bytes.TrimRight(text, "\r\n"))
		return finding.Edit{File: file, Start: start, End: start, New: " " + comment}, nil
	case above:
		indent := text[:len(text)-len(bytes.TrimLeft(text, " \t"))]
		ending := "\n"
		if bytes.HasSuffix(text, []byte("\r\n")) {
			ending = "\r\n"
		}
		return finding.Edit{File: file, Start: start, End: start, New: string(indent) + comment + ending}, nil
	}
	return finding.Edit{}, fmt.Errorf("%s:%d is inside a string or a comment: name the line where the statement begins", file, line)
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
		if first == line && tok != token.COMMENT {
			end = true // whatever comments stood before
		}
		if first <= line && line < last || tok == token.COMMENT && last == line {
			end = false
		}
		if first < line && line <= last {
			above = false
		}
	}
}
