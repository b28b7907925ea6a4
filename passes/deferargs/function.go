package deferargs

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A function is the body in which deferred calls stand, with its graph and
// all changes that the body makes to local variables.
type function struct {
	info    *types.Info
	cursor  inspector.Cursor
	body    *ast.BlockStmt
	graph   *program.Graph
	results []*types.Var // the named results, nil for blank ones; empty when they have no names
	changes []change     // in source order
	bound   map[*ast.FuncLit]*types.Var
}

// A change is a place in the body at which a location gets, or is about to
// get, another value.
type change struct {
	loc    location
	how    manner
	node   ast.Node         // what to point at
	set    match.Assignment // for assigned and declared
	method *types.Func      // for called: the method
	steps  []program.Step   // the steps of the body at which it happens
}

// A manner is how a change comes about.
type manner int

const (
	declared  manner = iota // by its declaration
	assigned                // by an assignment, an increment or a range statement
	returned                // by a return statement with operands: a named result
	addressed               // its address is taken, so whoever gets it may set it
	called                  // a method with a pointer receiver is called on it
	filled                  // an element is set or deleted: the length of a map
)

func newFunction(info *types.Info, cursor inspector.Cursor, graph *program.Graph, typ *ast.FuncType, body *ast.BlockStmt) *function {
	f := &function{info: info, cursor: cursor, body: body, graph: graph, bound: make(map[*ast.FuncLit]*types.Var)}
	if typ.Results != nil {
		for _, field := range typ.Results.List {
			for _, name := range field.Names {
				v, _ := info.Defs[name].(*types.Var)
				f.results = append(f.results, v)
			}
		}
	}
	f.collect(body, nil)
	return f
}

// collect records the changes below a node. Those in a function literal
// happen where the literal is made, or wherever the variable is used that it
// is bound to: it may run at any time after that, but that is as good a guess
// as syntax gives.
func (f *function) collect(root ast.Node, lit *ast.FuncLit) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if lit == nil {
				f.collect(n.Body, n)
				return false
			}
		case *ast.ReturnStmt:
			if lit == nil {
				f.collectReturn(n)
			}
		case *ast.UnaryExpr:
			if loc, ok := locate(f.info, n.X); ok && n.Op == token.AND {
				f.add(change{loc: loc, how: addressed, node: n}, lit)
			}
		case *ast.CallExpr:
			f.collectCall(n, lit)
		default:
			f.collectAssignments(n, lit)
		}
		return true
	})
}

func (f *function) collectAssignments(n ast.Node, lit *ast.FuncLit) {
	for _, set := range match.Assignments(n) {
		f.bind(set)
		left := set.Left
		how := assigned
		if index, ok := ast.Unparen(left).(*ast.IndexExpr); ok {
			left, how = index.X, filled
		}
		loc, ok := locate(f.info, left)
		if !ok {
			continue
		}
		if match.Declares(f.info, n, loc.root) {
			how = declared
		}
		f.add(change{loc: loc, how: how, node: n, set: set}, lit)
	}
}

// bind remembers the variable that a function literal is bound to.
func (f *function) bind(set match.Assignment) {
	if set.Right == nil {
		return
	}
	lit, ok := ast.Unparen(set.Right).(*ast.FuncLit)
	if v := match.LocalVar(f.info, set.Left); ok && v != nil {
		f.bound[lit] = v
	}
}

// collectCall records that a method with a pointer receiver is called on a
// location.
func (f *function) collectCall(call *ast.CallExpr, lit *ast.FuncLit) {
	selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	method, ok := f.info.Uses[selector.Sel].(*types.Func)
	if !ok || method.Signature().Recv() == nil || model.LockOperation(method) != model.NoLockOp {
		return
	}
	if _, ok := types.Unalias(method.Signature().Recv().Type()).(*types.Pointer); !ok {
		return
	}
	if loc, ok := locate(f.info, selector.X); ok {
		f.add(change{loc: loc, how: called, node: call, method: method}, lit)
	}
}

// collectReturn records what a return statement sets the named results to.
// A result returned as itself, or as nil or another zero, isn't changed as
// far as a deferred call minds.
func (f *function) collectReturn(ret *ast.ReturnStmt) {
	for i, v := range f.results {
		if v == nil || len(ret.Results) == 0 {
			continue
		}
		operand := ret.Results[0]
		if len(ret.Results) == len(f.results) {
			operand = ret.Results[i]
		}
		if match.LocalVar(f.info, operand) != v && !isZero(f.info, operand) {
			f.add(change{loc: location{root: v}, how: returned, node: ret}, nil)
		}
	}
}

func (f *function) add(c change, lit *ast.FuncLit) {
	if v := f.bound[lit]; lit != nil && v != nil {
		c.steps = f.uses(v)
	} else {
		place := c.node
		if lit != nil {
			place = lit
		}
		if step, ok := f.graph.Find(place); ok {
			c.steps = append(c.steps, step)
		}
	}
	f.changes = append(f.changes, c)
}

// uses returns the steps in which a variable is used.
func (f *function) uses(v *types.Var) []program.Step {
	var steps []program.Step
	ast.Inspect(f.body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && f.info.Uses[id] == v {
			if step, ok := f.graph.Find(id); ok {
				steps = append(steps, step)
			}
		}
		return true
	})
	return steps
}

// point returns the narrowest syntax that shows the change.
func (c change) point() ast.Node {
	if c.set.Left != nil {
		return c.set.Left
	}
	return c.node
}
