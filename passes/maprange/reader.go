package maprange

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// A reader makes terms of the expressions of one function. Variables that an
// iteration declares stand for what they are set to, those of a called
// function for what they are given; all others for themselves.
type reader struct {
	info  *types.Info
	loop  ast.Node // variables declared in it are replaced
	place *term    // the map; nil while it isn't known
	defs  map[*types.Var][]definition
	given map[*types.Var]*term
	open  map[*types.Var]bool // being replaced: a variable that depends on itself
}

// A definition is one place that sets a variable.
type definition struct {
	expr ast.Expr // nil for a zero value
	how  manner
	at   token.Pos
}

type manner int

const (
	whole   manner = iota // to the expression
	changed               // to something made of the old value
	first                 // to the first result
	second                // to a later one
	element               // to what a range gives second
	index                 // to what a range gives first
)

func newReader(info *types.Info, function ast.Node, loop *ast.RangeStmt) *reader {
	r := &reader{info: info, loop: function, defs: make(map[*types.Var][]definition), given: make(map[*types.Var]*term), open: make(map[*types.Var]bool)}
	ast.Inspect(function, func(n ast.Node) bool {
		for i, set := range match.Assignments(n) {
			if v := match.LocalVar(info, set.Left); v != nil {
				r.defs[v] = append(r.defs[v], define(n, i, set))
			}
		}
		return true
	})
	if loop == nil {
		return r
	}
	r.loop = loop
	for i, e := range []ast.Expr{loop.Key, loop.Value} {
		if e == nil {
			continue
		}
		if v := match.LocalVar(info, e); v != nil && len(r.defs[v]) == 1 {
			r.given[v] = []*term{keyTerm, valueTerm}[i]
			if call, ok := ast.Unparen(loop.X).(*ast.CallExpr); ok && len(call.Args) == 1 && i == 0 && isValues(info, call) {
				r.given[v] = valueTerm
			}
		}
	}
	return r
}

func isValues(info *types.Info, call *ast.CallExpr) bool {
	fn := typeutil.Callee(info, call)
	return fn != nil && fn.Name() == "Values"
}

// define returns what the i-th assignment of a node sets its variable to.
func define(n ast.Node, i int, set match.Assignment) definition {
	d := definition{expr: set.Right, at: n.Pos()}
	switch n := n.(type) {
	case *ast.RangeStmt:
		d.expr, d.how = n.X, element
		if set.Left == n.Key {
			d.how = index
		}
	case *ast.AssignStmt:
		switch {
		case set.Op != token.ASSIGN && set.Op != token.DEFINE:
			d.how = changed
		case len(n.Lhs) != len(n.Rhs) && i == 0:
			d.how = first
		case len(n.Lhs) != len(n.Rhs):
			d.how = second
		}
	case *ast.IncDecStmt:
		d.how = changed
	}
	return d
}

// term returns the term of an expression.
func (r *reader) term(e ast.Expr) *term {
	if tv, ok := r.info.Types[e]; ok && tv.Value != nil {
		return &term{op: "const " + tv.Value.ExactString()}
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return r.ident(e)
	case *ast.SelectorExpr:
		if r.info.Selections[e] == nil {
			return r.object(r.info.Uses[e.Sel]) // of a package
		}
		return &term{op: "." + e.Sel.Name, args: []*term{r.term(e.X)}}
	case *ast.StarExpr:
		return &term{op: "*", args: []*term{r.term(e.X)}}
	case *ast.UnaryExpr:
		return &term{op: "unary" + e.Op.String(), args: []*term{r.term(e.X)}}
	case *ast.BinaryExpr:
		return &term{op: e.Op.String(), args: []*term{r.term(e.X), r.term(e.Y)}}
	case *ast.IndexExpr:
		x, i := r.term(e.X), r.term(e.Index)
		if i == keyTerm && r.place != nil && x.equal(r.place) {
			return valueTerm
		}
		return &term{op: "[]", args: []*term{x, i}}
	case *ast.TypeAssertExpr:
		return &term{op: "assert", args: []*term{r.term(e.X)}}
	case *ast.CompositeLit:
		return r.composite(e)
	case *ast.CallExpr:
		return r.call(e)
	}
	return r.other(e)
}

// call returns the term of a call, its receiver the first operand.
func (r *reader) call(e *ast.CallExpr) *term {
	if r.info.Types[e.Fun].IsType() {
		return r.term(e.Args[0])
	}
	t := &term{}
	switch fn := typeutil.Callee(r.info, e).(type) {
	case *types.Func:
		t.op, t.fn = fn.FullName(), fn
		if fun, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
			t.args = append(t.args, r.term(fun.X))
		}
	case *types.Builtin:
		t.op = fn.Name()
	default:
		t.op = "call"
		t.args = append(t.args, r.term(e.Fun))
	}
	for _, arg := range e.Args {
		t.args = append(t.args, r.term(arg))
	}
	return t.normal()
}

func (r *reader) object(obj types.Object) *term {
	if v, ok := obj.(*types.Var); ok {
		return &term{op: fmt.Sprint("var ", v.Name(), " ", v.Pos())}
	}
	if obj == nil {
		return &term{op: "unknown"}
	}
	return &term{op: "object " + obj.Name()}
}

// ident returns the term of a variable or constant.
func (r *reader) ident(id *ast.Ident) *term {
	v := match.LocalVar(r.info, id)
	if v == nil {
		return r.object(r.info.ObjectOf(id))
	}
	if t := r.given[v]; t != nil {
		return t
	}
	defs := r.defs[v]
	if !r.replaces(v) || r.open[v] || len(defs) == 0 {
		return r.object(v)
	}
	r.open[v] = true
	defer delete(r.open, v)
	if len(defs) == 1 {
		return r.defined(v, defs[0])
	}
	t := &term{op: fmt.Sprint("either at ", v.Pos())}
	for _, d := range defs {
		t.args = append(t.args, r.defined(v, d))
	}
	return t
}

// replaces reports whether a variable stands for what it is set to: those of
// the iteration do, and names for a map that is kept elsewhere.
func (r *reader) replaces(v *types.Var) bool {
	if r.loop.Pos() <= v.Pos() && v.Pos() < r.loop.End() {
		return true
	}
	if _, isMap := v.Type().Underlying().(*types.Map); !isMap || len(r.defs[v]) != 1 || r.defs[v][0].expr == nil || r.defs[v][0].how != whole {
		return false
	}
	_, isField := ast.Unparen(r.defs[v][0].expr).(*ast.SelectorExpr)
	return isField
}

func (r *reader) defined(v *types.Var, d definition) *term {
	if d.expr == nil {
		return &term{op: fmt.Sprint("zero or changed at ", d.at)}
	}
	t := r.term(d.expr)
	_, isIndex := ast.Unparen(d.expr).(*ast.IndexExpr)
	_, isAssert := ast.Unparen(d.expr).(*ast.TypeAssertExpr)
	switch d.how {
	case whole:
		return t
	case first:
		if isIndex || isAssert {
			return t
		}
		return &term{op: "result", args: []*term{t}}
	case second:
		if isIndex {
			return &term{op: "has", args: []*term{t}}
		}
		return &term{op: "result of " + v.Name(), args: []*term{t}}
	case element:
		return &term{op: "elem", args: []*term{t}}
	case index:
		return &term{op: "index", args: []*term{t}}
	}
	return &term{op: fmt.Sprint("changed at ", d.at), args: []*term{t}}
}
