package testoutlive

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A spawn is one statement that starts a goroutine, or a timer that will.
type spawn struct {
	*checker
	kind  kind
	stmt  inspector.Cursor
	call  *ast.CallExpr
	body  *ast.BlockStmt
	lit   bool                      // the body is that of a literal in the statement
	given map[*types.Var]*types.Var // parameters of the body's function, and what the statement gives them
	group *types.Var                // the group that runs it, if that is a local variable
	graph *program.Graph            // of the body, made when first needed
}

type kind int

const (
	plain   kind = iota // go f()
	grouped             // wg.Go(f)
	timer               // time.AfterFunc(d, f)
)

// spawn returns what a statement starts, if that is a function whose code is
// at hand.
func (c *checker) spawn(stmt inspector.Cursor) (*spawn, bool) {
	s := &spawn{checker: c, stmt: stmt}
	var run ast.Expr
	var args []ast.Expr
	switch n := stmt.Node().(type) {
	case *ast.GoStmt:
		s.call, run, args = n.Call, n.Call.Fun, n.Call.Args
	case *ast.ExprStmt:
		s.call, _ = n.X.(*ast.CallExpr)
	case *ast.AssignStmt:
		if len(n.Rhs) == 1 {
			s.call, _ = n.Rhs[0].(*ast.CallExpr)
		}
	}
	if s.call == nil || run == nil && !s.byLibrary(&run) {
		return nil, false
	}
	typ := s.bodyOf(run)
	if s.body == nil {
		return nil, false
	}
	s.bind(typ, args)
	return s, true
}

// byLibrary reports whether a library function starts the goroutine, and sets
// the function that it runs.
func (s *spawn) byLibrary(run *ast.Expr) bool {
	fn, ok := typeutil.Callee(s.info, s.call).(*types.Func)
	if !ok {
		return false
	}
	i := model.Spawns(fn)
	if i < 0 || i >= len(s.call.Args) {
		return false
	}
	*run, s.kind = s.call.Args[i], grouped
	if model.Key(fn) == "time.AfterFunc" {
		s.kind = timer
	}
	if fun, ok := ast.Unparen(s.call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
		s.group = root(s.info, fun.X)
	}
	return s.kind == timer || s.group != nil
}

// bodyOf finds the code of a function literal, or of a function or method of
// the package, and returns its type.
func (s *spawn) bodyOf(run ast.Expr) *ast.FuncType {
	if lit, ok := ast.Unparen(run).(*ast.FuncLit); ok {
		s.body, s.lit = lit.Body, true
		return lit.Type
	}
	id, ok := ast.Unparen(run).(*ast.Ident)
	if !ok {
		return nil // a method: its receiver may hold all sorts of things
	}
	fn, ok := s.info.Uses[id].(*types.Func)
	if !ok {
		return nil
	}
	if decl := s.declaration(fn); decl != nil {
		s.body = decl.Body
		return decl.Type
	}
	return nil
}

// declaration returns the declaration of a function or method of the package,
// or nil.
func (c *checker) declaration(fn *types.Func) *ast.FuncDecl {
	if c.decls == nil {
		c.decls = make(map[*types.Func]*ast.FuncDecl)
		for _, file := range c.pass.Files {
			for _, decl := range file.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
					if fn, ok := c.info.Defs[decl.Name].(*types.Func); ok {
						c.decls[fn] = decl
					}
				}
			}
		}
	}
	return c.decls[fn.Origin()]
}

// bind notes which variables the parameters stand for.
func (s *spawn) bind(typ *ast.FuncType, args []ast.Expr) {
	s.given = make(map[*types.Var]*types.Var)
	i := 0
	for _, field := range typ.Params.List {
		for _, name := range field.Names {
			if param, ok := s.info.Defs[name].(*types.Var); ok && i < len(args) {
				s.given[param] = root(s.info, args[i])
			}
			i++
		}
	}
}

// outer returns the variable of the test that an expression in the
// goroutine starts from, or nil: ln for ln, ln.Addr and &ln.
func (s *spawn) outer(e ast.Expr) *types.Var {
	v := root(s.info, e)
	if v == nil {
		return nil
	}
	if given, ok := s.given[v]; ok {
		return given
	}
	if s.body.Pos() <= v.Pos() && v.Pos() < s.body.End() {
		return nil
	}
	return v
}

// root returns the local variable at the start of x, x.f, x[i], *x or &x.
func root(info *types.Info, e ast.Expr) *types.Var {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.UnaryExpr:
			e = x.X
		default:
			return match.LocalVar(info, x)
		}
	}
}

// flow returns the control-flow graph of the goroutine.
func (s *spawn) flow() *program.Graph {
	if s.graph == nil {
		s.graph = s.program.Graph(s.body)
	}
	return s.graph
}
