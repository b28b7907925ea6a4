package sharing

import (
	"go/ast"
	"go/token"
	"go/types"
	"sync"

	"golang.org/x/tools/go/ssa"
)

// A source finds the syntax of SSA instructions by the positions that
// package ssa documents: an index expression by its bracket, a range
// statement by its keyword, a call by its parenthesis.
type source struct {
	info  *types.Info
	files []*ast.File

	once     sync.Once
	exprs    map[token.Pos]ast.Expr // the map that is used there
	calls    map[token.Pos]*ast.CallExpr
	literals map[token.Pos]bool // colons in composite literals
}

func newSource(info *types.Info, files []*ast.File) *source { return &source{info: info, files: files} }

// read reads the files, at the first question: checks of locks ask none.
func (s *source) read() {
	s.exprs = make(map[token.Pos]ast.Expr)
	s.calls = make(map[token.Pos]*ast.CallExpr)
	s.literals = make(map[token.Pos]bool)
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			s.add(s.info, n)
			return true
		})
	}
}

func (s *source) add(info *types.Info, n ast.Node) {
	switch n := n.(type) {
	case *ast.IndexExpr:
		s.addMap(info, n.Lbrack, n.X)
	case *ast.RangeStmt:
		s.addMap(info, n.For, n.X)
	case *ast.CallExpr:
		s.calls[n.Lparen] = n
		for _, arg := range n.Args {
			if t := info.TypeOf(arg); t != nil && IsMap(t) {
				s.exprs[n.Lparen] = arg
				break
			}
		}
	case *ast.CompositeLit:
		for _, elt := range n.Elts {
			if pair, ok := elt.(*ast.KeyValueExpr); ok {
				s.literals[pair.Colon] = true
			}
		}
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			s.addMap(info, assignedAt(left), left)
		}
	case *ast.ReturnStmt:
		for _, result := range n.Results {
			if t := info.TypeOf(result); t != nil && IsMap(t) {
				s.exprs[n.Return] = result
			}
		}
	}
}

func (s *source) addMap(info *types.Info, at token.Pos, expr ast.Expr) {
	if t := info.TypeOf(expr); at.IsValid() && t != nil && IsMap(t) {
		s.exprs[at] = expr
	}
}

// assignedAt returns the position that a store to the expression has.
func assignedAt(left ast.Expr) token.Pos {
	switch left := ast.Unparen(left).(type) {
	case *ast.SelectorExpr:
		return left.Sel.Pos()
	case *ast.Ident:
		return left.Pos()
	}
	return token.NoPos
}

// mapAt returns the map that an instruction uses, as the source has it.
func (s *source) mapAt(instr ssa.Instruction) ast.Expr {
	s.once.Do(s.read)
	if call, ok := instr.(ssa.CallInstruction); ok {
		return s.exprs[call.Common().Pos()]
	}
	return s.exprs[instr.Pos()]
}

// call returns the call expression of a call, go or defer instruction.
func (s *source) call(instr ssa.CallInstruction) *ast.CallExpr {
	s.once.Do(s.read)
	return s.calls[instr.Common().Pos()]
}

// literal reports whether a map update is part of a composite literal.
func (s *source) literal(update *ssa.MapUpdate) bool {
	s.once.Do(s.read)
	return s.literals[update.Pos()]
}
