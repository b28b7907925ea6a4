package maprange

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// An insertion is one statement of an iteration that sets an element of the
// map under a key that isn't the current one, itself or by a call.
type insertion struct {
	at     ast.Expr // in the loop: the element, or the call
	in     ast.Expr // the element
	key    *term
	value  *term // nil when it is made of the element's old value
	guards []guard
	direct bool
}

// deepest bounds the calls that lead from the loop to an insertion.
const deepest = 3

// insertions lists the insertions of the loop in source order. What a literal
// of the iteration or a goroutine does is left out: it runs at another time.
func (r *ranged) insertions() []insertion {
	body := r.cursor.ChildAt(edge.RangeStmt_Body, -1)
	list := r.insertionsIn(body, r.reader, r.guardsOf, 0)
	for i := range list {
		list[i].direct = list[i].at == list[i].in
	}
	return list
}

func (r *ranged) insertionsIn(body inspector.Cursor, terms *reader, guards func(inspector.Cursor, *reader) []guard, depth int) []insertion {
	var list []insertion
	body.Inspect([]ast.Node{(*ast.FuncLit)(nil), (*ast.GoStmt)(nil), (*ast.DeferStmt)(nil), (*ast.AssignStmt)(nil), (*ast.IncDecStmt)(nil), (*ast.CallExpr)(nil)}, func(cur inspector.Cursor) bool {
		switch n := cur.Node().(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
			return false
		case *ast.CallExpr:
			for _, ins := range r.called(n, terms, depth) {
				ins.at = n
				ins.guards = append(guards(cur, terms), ins.guards...)
				list = append(list, ins)
			}
			return true
		}
		for _, set := range match.Assignments(cur.Node()) {
			if ins, ok := r.insertion(set, terms); ok {
				ins.guards = guards(cur, terms)
				list = append(list, ins)
			}
		}
		return true
	})
	return list
}

// insertion returns what an assignment adds to the map.
func (r *ranged) insertion(set match.Assignment, terms *reader) (insertion, bool) {
	element, ok := ast.Unparen(set.Left).(*ast.IndexExpr)
	if !ok || !terms.term(element.X).equal(r.place) {
		return insertion{}, false
	}
	ins := insertion{at: element, in: element, key: terms.term(element.Index)}
	if set.Op == token.ASSIGN && set.Right != nil {
		ins.value = terms.term(set.Right)
	}
	return ins, ins.key != keyTerm
}

// called lists what a call of one of the package's functions adds to the map.
func (r *ranged) called(call *ast.CallExpr, terms *reader, depth int) []insertion {
	cursor, ok := r.declaration(call)
	if !ok || depth == deepest {
		return nil
	}
	decl := cursor.Node().(*ast.FuncDecl)
	if decl.Body.Pos() <= r.loop.Pos() && r.loop.End() <= decl.Body.End() {
		return nil // the loop's own function comes back to the loop
	}
	if !r.mayInsert(&ast.RangeStmt{Body: decl.Body}, r.info.TypeOf(r.over)) {
		return nil
	}
	inner := newReader(r.info, decl, nil)
	inner.place = r.place
	inner.give(call, decl, terms)
	return r.insertionsIn(cursor.ChildAt(edge.FuncDecl_Body, -1), inner, guardsUpTo(decl.Body), depth+1)
}

// give makes the parameters of a function stand for what a call gives them.
// Those that the function sets stand for themselves, and so does all that a
// variadic one collects.
func (r *reader) give(call *ast.CallExpr, decl *ast.FuncDecl, outer *reader) {
	bind := func(name *ast.Ident, arg ast.Expr) {
		if v, ok := r.info.Defs[name].(*types.Var); ok && len(r.defs[v]) == 0 {
			r.given[v] = outer.term(arg)
		}
	}
	fun, isMethod := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if isMethod && decl.Recv != nil && len(decl.Recv.List[0].Names) == 1 {
		bind(decl.Recv.List[0].Names[0], fun.X)
	}
	i := 0
	for _, field := range decl.Type.Params.List {
		for _, name := range field.Names {
			if _, variadic := field.Type.(*ast.Ellipsis); i < len(call.Args) && !variadic {
				bind(name, call.Args[i])
			}
			i++
		}
	}
}

// goesOn reports whether some path leads from the insertion to another
// iteration.
func (r *ranged) goesOn(ins insertion) bool {
	var body *ast.BlockStmt
	switch f := r.function.Node().(type) {
	case *ast.FuncDecl:
		body = f.Body
	case *ast.FuncLit:
		body = f.Body
	}
	graph := r.program.Graph(body)
	from, ok := graph.Find(ins.at)
	if !ok {
		return false // dead code
	}
	again := false
	graph.Search(from, func(step program.Step) bool {
		again = again || step.Node == ast.Node(r.loop)
		return !again
	})
	return again
}

// inOneRound reports whether a condition lets one iteration of the loop come
// to the insertion at most.
func (r *ranged) inOneRound(ins insertion) bool {
	at, ok := r.cursor.FindNode(ins.at)
	return ok && match.OneRound(r.info, at, r.loop)
}

// addedBefore reports whether the loop's function sets the same element ahead
// of the loop, so that the key is there already.
func (r *ranged) addedBefore(ins insertion) bool {
	if ins.key.varies() {
		return false
	}
	found := false
	ast.Inspect(r.function.Node(), func(n ast.Node) bool {
		if n == ast.Node(r.loop) || found {
			return false
		}
		for _, set := range match.Assignments(n) {
			element, ok := ast.Unparen(set.Left).(*ast.IndexExpr)
			found = found || ok && n.Pos() < r.loop.Pos() && r.reader.term(element.X).equal(r.place) && r.reader.term(element.Index).equal(ins.key)
		}
		return true
	})
	return found
}

// ofSameMap reports whether a key comes from the same map, as that of a range
// over it in the iteration does.
func (r *ranged) ofSameMap(key *term) bool {
	return key.op == "index" && key.args[0].equal(r.place)
}

// calls reports whether an expression is a call of the function with this
// declaration.
func (c *checker) calls(n ast.Node, decl *ast.FuncDecl) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(c.info, call).(*types.Func)
	return ok && c.info.Defs[decl.Name] == fn.Origin()
}
