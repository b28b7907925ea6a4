package program

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// SearchFlags visits the steps that can run after the given one as [Graph.Search]
// does, but only those on paths that agree with themselves about the boolean
// variables of the function on which it branches:
//
//	if stopping { …; continue }
//	last = next()               // doesn't run after a step that found stopping true,
//	                            // unless something sets stopping
//
// A path knows what it has assigned and which way it went, nothing else; what
// holds at the given step is what holds on some path from the start of the
// function. A step is visited once for each combination of values.
func (g *Graph) SearchFlags(info *types.Info, body *ast.BlockStmt, from Step, visit func(Step) (goOn bool)) {
	f := &flags{graph: g, info: info}
	f.collect(body)
	if len(f.vars) == 0 {
		g.Search(from, visit)
		return
	}
	starts := make(map[values]bool)
	var order []values
	f.explore(point{block: 0, index: 0}, make(map[point]bool), func(step Step, known values) bool {
		if step.index == from.index && !starts[known] {
			starts[known] = true
			order = append(order, known)
		}
		return true
	})
	seen := make(map[point]bool)
	for _, known := range order {
		known = f.after(from, known)
		f.explore(point{from.block, from.index + 1, known}, seen, func(step Step, _ values) bool { return visit(step) })
	}
}

// maxFlags bounds the variables that are told apart, and so the combinations.
const maxFlags = 4

// values are what a path knows of the variables.
type values [maxFlags]truth

type truth int8

const (
	unknown truth = iota
	isTrue
	isFalse
)

// A point is where a path is, with what it knows.
type point struct {
	block, index int
	known        values
}

// flags follows some boolean variables through a graph.
type flags struct {
	graph *Graph
	info  *types.Info
	vars  []*types.Var
}

// collect finds the variables on which the body branches and that nothing but
// its own statements sets.
func (f *flags) collect(body *ast.BlockStmt) {
	elsewhere := f.setElsewhere(body)
	for _, step := range f.graph.steps {
		cond, ok := step.Node.(ast.Expr)
		if !ok || len(f.graph.succs[step.block]) != 2 {
			continue
		}
		ast.Inspect(cond, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			v, ok := f.info.Uses[id].(*types.Var)
			if ok && !elsewhere[v] && f.find(v) < 0 && len(f.vars) < maxFlags && isLocalFlag(v) {
				f.vars = append(f.vars, v)
			}
			return true
		})
	}
}

func isLocalFlag(v *types.Var) bool {
	basic, ok := v.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0 && !v.IsField() && v.Pkg() != nil && v.Parent() != v.Pkg().Scope()
}

// setElsewhere returns the variables whose address is taken or that a
// function literal sets.
func (f *flags) setElsewhere(body *ast.BlockStmt) map[*types.Var]bool {
	found := make(map[*types.Var]bool)
	var note func(n ast.Node, inLit bool)
	note = func(n ast.Node, inLit bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				if !inLit {
					note(n.Body, true)
					return false
				}
			case *ast.UnaryExpr:
				if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND {
					if v, ok := f.info.Uses[id].(*types.Var); ok {
						found[v] = true
					}
				}
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					if id, ok := ast.Unparen(left).(*ast.Ident); ok && inLit {
						if v, ok := f.info.Uses[id].(*types.Var); ok {
							found[v] = true
						}
					}
				}
			}
			return true
		})
	}
	note(body, false)
	return found
}

func (f *flags) find(v types.Object) int {
	for i, known := range f.vars {
		if v == types.Object(known) {
			return i
		}
	}
	return -1
}

// explore walks all paths from a point on, each point once.
func (f *flags) explore(from point, seen map[point]bool, visit func(Step, values) bool) {
	stack := []point{from}
	for len(stack) > 0 {
		p := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[p] {
			continue
		}
		seen[p] = true
		goOn := true
		last := Step{}
		for ; goOn && p.index < len(f.graph.steps) && f.graph.steps[p.index].block == p.block; p.index++ {
			last = f.graph.steps[p.index]
			goOn = visit(last, p.known)
			p.known = f.after(last, p.known)
		}
		if !goOn {
			continue
		}
		succs := f.graph.succs[p.block]
		cond, branches := last.Node.(ast.Expr)
		for i, succ := range succs {
			next := point{succ, f.graph.first[succ], p.known}
			if branches && len(succs) == 2 && !f.learn(&next.known, cond, i == 0) {
				continue
			}
			stack = append(stack, next)
		}
	}
}

// after returns what is known behind a step.
func (f *flags) after(step Step, known values) values {
	set := func(left, right ast.Expr) {
		id, ok := ast.Unparen(left).(*ast.Ident)
		if !ok {
			return
		}
		if i := f.find(f.info.ObjectOf(id)); i >= 0 {
			known[i] = f.constant(right)
		}
	}
	switch n := step.Node.(type) {
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			var right ast.Expr
			if len(n.Rhs) == len(n.Lhs) && (n.Tok == token.ASSIGN || n.Tok == token.DEFINE) {
				right = n.Rhs[i]
			}
			set(left, right)
		}
	case *ast.RangeStmt:
		for _, left := range []ast.Expr{n.Key, n.Value} {
			if left != nil {
				set(left, nil)
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Values) == 0 {
				if at := f.find(f.info.Defs[name]); at >= 0 {
					known[at] = isFalse
				}
			} else if len(n.Values) == len(n.Names) {
				set(name, n.Values[i])
			}
		}
	}
	return known
}

// constant returns the truth of an expression.
func (f *flags) constant(e ast.Expr) truth {
	if e == nil || f.info.Types[e].Value == nil {
		return unknown
	}
	if constant.BoolVal(f.info.Types[e].Value) {
		return isTrue
	}
	return isFalse
}

// learn adds what a condition says by holding or not, and reports whether it
// can.
func (f *flags) learn(known *values, cond ast.Expr, holds bool) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return f.learn(known, e.X, !holds)
		}
	case *ast.BinaryExpr:
		if e.Op == token.LAND && holds || e.Op == token.LOR && !holds {
			return f.learn(known, e.X, holds) && f.learn(known, e.Y, holds)
		}
	case *ast.Ident:
		i := f.find(f.info.Uses[e])
		if i < 0 {
			return true
		}
		says := isFalse
		if holds {
			says = isTrue
		}
		possible := known[i] == unknown || known[i] == says
		known[i] = says
		return possible
	}
	return true
}
