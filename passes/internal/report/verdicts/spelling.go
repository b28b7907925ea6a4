package verdicts

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// A Mention is the source of one operation.
type Mention struct {
	Node   ast.Node       // the operation's syntax, nil if it isn't known
	Expr   ast.Expr       // what it works on: a channel, lock, variable; or nil
	Name   string         // Expr as the source spells it, "" for none or a long one
	Object types.Object   // the variable or field that Expr ends in, or nil
	Range  analysis.Range // the narrowest syntax to blame
}

// A speller finds the syntax behind positions. An instruction stands at an
// anchor of its syntax: the arrow of a send, the opening parenthesis of a
// call, the name of a variable, the selected name of a field.
type speller struct {
	pass    *analysis.Pass
	anchors map[*ast.File]map[token.Pos]ast.Node
}

func newSpeller(pass *analysis.Pass) *speller {
	return &speller{pass: pass, anchors: make(map[*ast.File]map[token.Pos]ast.Node)}
}

// mention returns the source at a position.
func (s *speller) mention(pos token.Pos) Mention {
	m := Mention{Node: s.at(pos), Range: report.Span{From: pos, To: pos}}
	if m.Node == nil {
		return m
	}
	m.Range = s.blamed(m.Node)
	if m.Expr = s.subject(m.Node); m.Expr != nil {
		m.Name = s.spell(m.Expr)
		m.Object = objectOf(s.pass.TypesInfo, m.Expr)
	}
	return m
}

// at returns the node that is anchored at a position, or nil.
func (s *speller) at(pos token.Pos) ast.Node {
	for _, file := range s.pass.Files {
		if pos < file.FileStart || pos > file.FileEnd {
			continue
		}
		anchors := s.anchors[file]
		if anchors == nil {
			anchors = anchorsOf(file)
			s.anchors[file] = anchors
		}
		return anchors[pos]
	}
	return nil
}

// anchorsOf maps anchors to nodes. Of two nodes with one anchor the outer
// one counts: x.f, and not f.
func anchorsOf(file *ast.File) map[token.Pos]ast.Node {
	anchors := make(map[token.Pos]ast.Node)
	ast.Inspect(file, func(n ast.Node) bool {
		if pos := anchor(n); pos.IsValid() && anchors[pos] == nil {
			anchors[pos] = n
		}
		return true
	})
	return anchors
}

func anchor(n ast.Node) token.Pos {
	switch n := n.(type) {
	case *ast.SendStmt:
		return n.Arrow
	case *ast.UnaryExpr:
		return n.OpPos
	case *ast.StarExpr:
		return n.Star
	case *ast.CallExpr:
		return n.Lparen
	case *ast.IndexExpr:
		return n.Lbrack
	case *ast.SliceExpr:
		return n.Lbrack
	case *ast.SelectorExpr:
		return n.Sel.Pos()
	case *ast.Ident:
		return n.Pos()
	case *ast.GoStmt:
		return n.Go
	case *ast.DeferStmt:
		return n.Defer
	case *ast.RangeStmt:
		return n.For
	case *ast.SelectStmt:
		return n.Select
	case *ast.ReturnStmt:
		return n.Return
	case *ast.AssignStmt:
		return n.TokPos
	case *ast.IncDecStmt:
		return n.TokPos
	}
	return token.NoPos
}

// subject returns the expression that an operation works on, or nil.
func (s *speller) subject(n ast.Node) ast.Expr {
	switch n := n.(type) {
	case *ast.SendStmt:
		return n.Chan
	case *ast.UnaryExpr:
		return ast.Unparen(n.X)
	case *ast.CallExpr:
		return s.subjectOfCall(n)
	case *ast.DeferStmt:
		return s.subjectOfCall(n.Call)
	case *ast.RangeStmt:
		return n.X
	case *ast.AssignStmt:
		return n.Lhs[0]
	case *ast.IncDecStmt:
		return n.X
	case *ast.StarExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.SelectorExpr, *ast.Ident:
		return n.(ast.Expr)
	}
	return nil
}

// subjectOfCall returns the receiver of a method, or the first argument of a
// predeclared function.
func (s *speller) subjectOfCall(call *ast.CallExpr) ast.Expr {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		if s.pass.TypesInfo.Selections[fun] != nil {
			return fun.X
		}
	case *ast.Ident:
		if _, ok := s.pass.TypesInfo.Uses[fun].(*types.Builtin); ok && len(call.Args) > 0 {
			return call.Args[0]
		}
	}
	return nil
}

// blamed returns the narrowest syntax of an operation.
func (s *speller) blamed(n ast.Node) analysis.Range {
	switch n := n.(type) {
	case *ast.GoStmt:
		return report.Word(n, "go")
	case *ast.DeferStmt:
		return n.Call
	case *ast.SelectStmt:
		return report.Word(n, "select")
	case *ast.ReturnStmt:
		return report.Word(n, "return")
	case *ast.RangeStmt:
		return n.X
	case *ast.AssignStmt:
		return n.Lhs[0]
	}
	return n
}

// spell returns an expression as the source has it, "" for one too long to
// be a name.
func (s *speller) spell(e ast.Expr) string {
	name := edit.Print(s.pass.Fset, e)
	if len(name) > maxName || strings.ContainsAny(name, "\n{") {
		return ""
	}
	return name
}

const maxName = 48

func (s *speller) lockNames(locks []explore.Lock) []string {
	var names []string
	for _, lock := range locks {
		if name := s.mention(lock.Pos).Name; name != "" {
			names = append(names, name)
		}
	}
	return names
}

// objectOf returns the variable or field that an expression ends in, the
// elements of a container being those of the container.
func objectOf(info *types.Info, e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		return info.ObjectOf(e)
	case *ast.SelectorExpr:
		return info.ObjectOf(e.Sel)
	case *ast.ParenExpr:
		return objectOf(info, e.X)
	case *ast.StarExpr:
		return objectOf(info, e.X)
	case *ast.IndexExpr:
		return objectOf(info, e.X)
	case *ast.SliceExpr:
		return objectOf(info, e.X)
	case *ast.UnaryExpr:
		return objectOf(info, e.X)
	case *ast.CallExpr:
		return objectOf(info, e.Fun)
	}
	return nil
}

// Accesses reports whether the mention is that of a variable, rather than of
// a call or statement that uses it on the way.
func (m Mention) Accesses() bool {
	switch m.Node.(type) {
	case *ast.StarExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.SelectorExpr, *ast.Ident:
		return true
	}
	return false
}
