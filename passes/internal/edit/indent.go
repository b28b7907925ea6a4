package edit

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Indentation returns the white space with which the line of pos begins.
func Indentation(pass *analysis.Pass, pos token.Pos) string {
	file, content := contentOf(pass, pos)
	if content == nil {
		return ""
	}
	line := string(content[file.Offset(file.LineStart(file.Line(pos))):file.Offset(pos)])
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// Indent returns the edits that move the lines which begin behind from and
// before to one tab stop in. Lines inside raw strings stay, and so do empty
// ones.
func Indent(pass *analysis.Pass, from, to token.Pos) []analysis.TextEdit {
	file, content := contentOf(pass, from)
	if content == nil {
		return nil
	}
	var edits []analysis.TextEdit
	raw := rawLines(content[file.Offset(from):file.Offset(to)])
	first := file.Line(from)
	for line := first + 1; line <= file.Line(to); line++ {
		start := file.LineStart(line)
		if offset := file.Offset(start); start < to && content[offset] != '\n' && !raw[line-first] {
			edits = append(edits, Insert(start, "\t"))
		}
	}
	return edits
}

// rawLines returns the lines, counted from 0, that begin inside a raw string.
func rawLines(code []byte) map[int]bool {
	raw := make(map[int]bool)
	file := token.NewFileSet().AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, code, nil, 0)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return raw
		}
		if tok == token.STRING {
			for i := range strings.Count(lit, "\n") {
				raw[file.Line(pos)+i] = true
			}
		}
	}
}

// Line returns the edit that deletes a statement with the line that it has
// to itself; a comment behind it goes with it.
func Line(pass *analysis.Pass, n ast.Node) analysis.TextEdit {
	file := pass.Fset.File(n.Pos())
	end := n.End()
	if last := file.Line(end); last < file.LineCount() {
		end = file.LineStart(last + 1)
	}
	return analysis.TextEdit{Pos: file.LineStart(file.Line(n.Pos())), End: end}
}
