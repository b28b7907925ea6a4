package deferloop

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A holding follows, through one iteration, the variables that hold what was
// taken: the resource, what was returned along with it, and what is made of
// these. It is a may analysis without order: whatever an iteration may store
// where the next can find it, it keeps on purpose, and then the end of the
// function is the right time to give it back.
type holding struct {
	*site
	vars map[*types.Var]bool
}

// keepsOne reports whether the iteration keeps what it took for later.
func (s *site) keepsOne(r release) bool {
	v := s.root(r.of)
	if v == nil {
		return false
	}
	h := &holding{site: s, vars: map[*types.Var]bool{v: true}}
	for _, set := range match.Assignments(s.taking(v)) {
		if with := match.LocalVar(s.info, set.Left); with != nil && canHold(with.Type()) {
			h.vars[with] = true // ctx, cancel := …
		}
	}
	for known := 0; known < len(h.vars); {
		known = len(h.vars)
		s.inIteration(h.follow)
	}
	kept := false
	for held := range h.vars {
		kept = kept || h.usedAfter(held)
	}
	s.inIteration(func(n ast.Node) { kept = kept || h.keeps(n) })
	return kept
}

// follow adds the variables of the iteration to which a node assigns
// something that holds what was taken.
func (h *holding) follow(n ast.Node) {
	for _, set := range match.Assignments(n) {
		v := match.LocalVar(h.info, set.Left)
		if v != nil && set.Right != nil && canHold(v.Type()) && within(h.body(), set.Left) && h.holds(set.Right) {
			h.vars[v] = true
		}
	}
}

// usedAfter reports whether a variable outlives the iteration and is used
// behind the loop.
func (h *holding) usedAfter(v *types.Var) bool {
	if within(h.loop, posNode(v.Pos())) {
		return false
	}
	used := false
	ast.Inspect(h.file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && h.info.Uses[id] == v && h.loop.End() <= id.Pos() {
			used = true
		}
		return !used
	})
	return used
}

// canHold reports whether a value of the type can keep something open. Plain
// data can't, nor can errors, nor the blank identifier, which has no type.
func canHold(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Slice:
		return canHold(u.Elem())
	case *types.Interface:
		return !types.Identical(t, types.Universe.Lookup("error").Type())
	}
	return true
}

// holds reports whether the value of an expression holds what was taken.
// Of calls, constructors and methods of the thing return what does; others,
// such as decoders, are taken to return plain data.
func (h *holding) holds(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return h.vars[match.LocalVar(h.info, e)]
	case *ast.SelectorExpr:
		return h.holds(e.X) && canHold(h.info.TypeOf(e))
	case *ast.UnaryExpr:
		return h.holds(e.X)
	case *ast.StarExpr:
		return h.holds(e.X)
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if pair, ok := elt.(*ast.KeyValueExpr); ok {
				elt = pair.Value
			}
			if h.holds(elt) {
				return true
			}
		}
	case *ast.FuncLit:
		return h.captures(e)
	case *ast.CallExpr:
		return h.madeOf(e)
	}
	return false
}

// captures reports whether a function literal uses what was taken.
func (h *holding) captures(lit *ast.FuncLit) bool {
	for v := range h.vars {
		if match.Mentions(h.info, lit, v) {
			return true
		}
	}
	return false
}

// madeOf reports whether a call's result holds what was taken.
func (h *holding) madeOf(call *ast.CallExpr) bool {
	if !h.passes(call) {
		fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && h.holds(fun.X) && !isPlain(h.info.TypeOf(call))
	}
	if h.info.Types[call.Fun].IsType() {
		return true
	}
	switch callee := typeutil.Callee(h.info, call).(type) {
	case *types.Builtin:
		return callee.Name() == "append"
	case *types.Func:
		return isConstructor(callee.Name()) || hasStream(h.info.TypeOf(call))
	}
	return true
}

// passes reports whether the call is handed what was taken.
func (h *holding) passes(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if h.holds(arg) {
			return true
		}
	}
	return false
}

func isConstructor(name string) bool {
	for _, prefix := range []string{"New", "new", "With", "Wrap", "wrap", "Make", "make", "Open", "open"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// isPlain reports whether none of a call's results can hold anything.
func isPlain(t types.Type) bool {
	if tuple, ok := t.(*types.Tuple); ok {
		for i := range tuple.Len() {
			if canHold(tuple.At(i).Type()) {
				return false
			}
		}
		return true
	}
	return !canHold(t)
}

// hasStream reports whether a call's first result can be read, written or
// closed, and so may lead to what was handed in.
func hasStream(t types.Type) bool {
	if tuple, ok := t.(*types.Tuple); ok {
		if tuple.Len() == 0 {
			return false
		}
		t = tuple.At(0).Type()
	}
	for _, method := range []string{"Read", "Write", "Close", "Next", "Scan"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, method); obj != nil {
			return true
		}
	}
	return false
}

// keeps reports whether a node stores what was taken where it outlives the
// iteration: in a variable or structure of the function, a channel, another
// goroutine, a collection, or a function that may run at any time.
func (h *holding) keeps(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, set := range match.Assignments(n) {
			if h.outlives(set.Left) && canHold(h.info.TypeOf(set.Left)) && h.holds(set.Right) {
				return true
			}
		}
	case *ast.SendStmt:
		return h.holds(n.Value)
	case *ast.GoStmt:
		return h.passes(n.Call) || h.holds(n.Call.Fun)
	case *ast.CallExpr:
		return h.handsOn(n)
	}
	return false
}

// outlives reports whether the place that an assignment sets belongs to more
// than the iteration.
func (h *holding) outlives(left ast.Expr) bool {
	v := h.root(left)
	return v == nil || !within(h.loop, posNode(v.Pos()))
}

// handsOn reports whether a call may keep what it is handed: a function
// literal given to a function that isn't known to call it at once, or the
// thing itself given to a method that collects.
func (h *holding) handsOn(call *ast.CallExpr) bool {
	if call == h.stmt.Call {
		return false
	}
	callee, _ := typeutil.Callee(h.info, call).(*types.Func)
	for _, arg := range call.Args {
		lit, ok := ast.Unparen(arg).(*ast.FuncLit)
		if ok && h.captures(lit) && (callee == nil || !model.CallsSynchronously(callee)) {
			return true
		}
	}
	return callee != nil && callee.Signature().Recv() != nil && model.Collects(callee) && h.passes(call)
}
