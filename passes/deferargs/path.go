package deferargs

import (
	"go/ast"
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// after returns the changes of a location that the deferred call should have
// seen: those that may run between the defer statement and the function's
// return, but never in front of it. In a loop everything can run in front of
// everything, except for variables that each iteration declares anew: there a
// value taken per iteration is the point of the statement.
func (f *function) after(from program.Step, loc location) []change {
	var list []change
	for _, c := range f.changes {
		if c.how != declared && c.loc.covers(loc) && f.follows(from, c) && !f.precedes(c, from) {
			list = append(list, c)
		}
	}
	return list
}

// follows reports whether a change may run after a step, on the same
// incarnation of the variable.
func (f *function) follows(from program.Step, c change) bool {
	for _, step := range c.steps {
		if f.graph.Reaches(from, step, f.declares(c.loc.root)) {
			return true
		}
	}
	return false
}

// precedes is the same the other way round.
func (f *function) precedes(c change, to program.Step) bool {
	for _, step := range c.steps {
		if f.graph.Reaches(step, to, f.declares(c.loc.root)) {
			return true
		}
	}
	return false
}

func (f *function) declares(v *types.Var) func(program.Step) bool {
	return func(s program.Step) bool { return match.Declares(f.info, s.Node, v) }
}

// initial reports whether a variable still has the constant with which the
// function declared it when a step runs: a must analysis, so an address taken
// in front of the step spoils it.
func (f *function) initial(v *types.Var, at program.Step) bool {
	known := f.isResult(v)
	for _, c := range f.changes {
		switch {
		case c.loc.root != v:
		case c.how == declared:
			known = f.startsConstant(c)
		case f.precedes(c, at):
			return false
		}
	}
	return known
}

func (f *function) isResult(v *types.Var) bool {
	for _, result := range f.results {
		if result == v {
			return true
		}
	}
	return false
}

func (f *function) startsConstant(c change) bool {
	if c.set.Right == nil {
		_, ok := c.node.(*ast.ValueSpec)
		return ok
	}
	return isConstant(f.info, c.set.Right) || isZero(f.info, c.set.Right)
}

func isConstant(info *types.Info, e ast.Expr) bool { return info.Types[e].Value != nil }

// isZero reports whether an expression is written as the zero value of its
// type: nil, T{}, or a constant.
func isZero(info *types.Info, e ast.Expr) bool {
	e = ast.Unparen(e)
	if info.Types[e].IsNil() {
		return true
	}
	if lit, ok := e.(*ast.CompositeLit); ok && len(lit.Elts) == 0 {
		_, isStruct := info.TypeOf(lit).Underlying().(*types.Struct)
		return isStruct
	}
	value := info.Types[e].Value
	if value == nil {
		return false
	}
	switch value.ExactString() {
	case "0", `""`, "false":
		return true
	}
	return false
}
