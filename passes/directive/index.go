package directive

import (
	"go/ast"
	"go/token"
	"slices"
	"sort"

	"golang.org/x/tools/go/analysis"
)

// An Index answers, for one package, which findings its comments silence.
// It is built once per package and read by every check; each check touches
// only the entries of its own name.
type Index struct {
	fset    *token.FileSet
	ignores []*Placed
	marks   bool
	unused  bool
}

// A Placed comment is a suppression comment with the lines it covers.
type Placed struct {
	Comment
	Pos, End token.Pos
	covers   span
}

// newIndex parses the comments of the package's files.
func newIndex(fset *token.FileSet, files []*ast.File) *Index {
	index := &Index{fset: fset}
	for _, file := range files {
		index.addFile(file)
	}
	return index
}

func (x *Index) addFile(file *ast.File) {
	tokFile := x.fset.File(file.FileStart)
	var starts []lines // found lazily: few files hold a directive
	for _, group := range file.Comments {
		for _, comment := range group.List {
			c, ok := Parse(comment.Text)
			if !ok || c.Verb != Ignore && c.Verb != IgnoreFile {
				continue
			}
			if starts == nil {
				starts = nodeLines(tokFile, file)
			}
			placed := &Placed{Comment: c, Pos: comment.Pos(), End: comment.End()}
			placed.covers = coverage(c, tokFile, tokFile.Line(comment.Pos()), tokFile.Line(group.End()), starts)
			x.ignores = append(x.ignores, placed)
		}
	}
}

// lines are the first and last line of a piece of code, and whether it is a
// declaration.
type lines struct {
	first, last int
	decl        bool
}

// nodeLines lists the nodes that a comment can stand in front of or behind.
func nodeLines(tokFile *token.File, file *ast.File) []lines {
	var list []lines
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.CommentGroup:
			return false
		case *ast.File:
			return true
		case ast.Decl, ast.Spec:
			list = append(list, lines{tokFile.Line(n.Pos()), tokFile.Line(n.End()), true})
		default:
			list = append(list, lines{tokFile.Line(n.Pos()), tokFile.Line(n.End()), false})
		}
		return true
	})
	return list
}

// coverage returns the lines that a comment at the given line silences: its
// own when code stands there, else the line below its group, or its last one
// if code follows a comment there; and the whole of a declaration that begins
// at that line.
func coverage(c Comment, file *token.File, line, groupEnd int, nodes []lines) span {
	if c.Verb == IgnoreFile {
		return span{file, 1, file.LineCount()}
	}
	isCode := func(line int) bool {
		return slices.ContainsFunc(nodes, func(n lines) bool { return n.first == line || n.last == line })
	}
	target := line
	switch {
	case isCode(line):
	case isCode(groupEnd):
		target = groupEnd
	default:
		target = groupEnd + 1
	}
	covered := span{file, target, target}
	for _, n := range nodes {
		if n.first == target && n.decl {
			covered.last = max(covered.last, n.last)
		}
	}
	return covered
}

// Silences returns the comment that silences the named check at pos, or nil.
// A comment without a reason silences nothing: the directive check says so.
func (x *Index) Silences(name string, pos token.Pos) *Placed {
	file := x.fset.File(pos)
	if file == nil {
		return nil
	}
	line := file.Line(pos)
	for _, placed := range x.ignores {
		if placed.silences(name) && placed.covers.contains(file, line) {
			return placed
		}
	}
	return nil
}

// Reasonless returns the comment that would silence the named check at pos,
// had it a reason, if it is one that may be meant for another linter: those
// that aren't are reported wherever they stand.
func (x *Index) Reasonless(name string, pos token.Pos) *Placed {
	file := x.fset.File(pos)
	if file == nil {
		return nil
	}
	for _, placed := range x.ignores {
		if placed.Reason == "" && !placed.IsOurs() && placed.names(name) && placed.covers.contains(file, file.Line(pos)) {
			return placed
		}
	}
	return nil
}

// Naming returns the comments with a reason that name the check itself, in
// source order: those that the check must judge once it has run.
func (x *Index) Naming(name string) []*Placed {
	var list []*Placed
	for _, placed := range x.ignores {
		if placed.Reason != "" && slices.Contains(placed.Names, name) {
			list = append(list, placed)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Pos < list[j].Pos })
	return list
}

// Marks reports whether the driver wants findings that are normally hidden,
// marked as [Mark] says.
func (x *Index) Marks() bool { return x.marks }

// JudgesUnused reports whether comments that silence nothing are findings.
func (x *Index) JudgesUnused() bool { return x.unused }

// Deletion returns the fix that removes the comment.
func (p *Placed) Deletion() analysis.SuggestedFix {
	return analysis.SuggestedFix{
		Message:   "Delete the comment",
		TextEdits: []analysis.TextEdit{{Pos: p.Pos, End: p.End}},
	}
}
