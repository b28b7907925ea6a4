package recovermisuse

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A manner is how a function that calls recover is run.
type manner int

const (
	unknown  manner = iota // by somebody out of sight, who may defer it
	deferred               // by a defer statement, at least in one place
	called                 // by calls and go statements only
)

// literalManner tells how a function literal is run: where it stands, through
// the variable that it is assigned to, or by a function that is known to call
// what it is given.
func (c *checker) literalManner(lit inspector.Cursor) manner {
	for lit.ParentEdgeKind() == edge.ParenExpr_X {
		lit = lit.Parent()
	}
	switch parent := lit.Parent(); lit.ParentEdgeKind() {
	case edge.CallExpr_Fun:
		return callManner(parent)
	case edge.CallExpr_Args:
		fn, ok := typeutil.Callee(c.info, parent.Node().(*ast.CallExpr)).(*types.Func)
		if ok && (model.CallsSynchronously(fn) || model.CallsOnce(fn) || model.KeepsFunc(fn) || model.Spawns(fn) >= 0) {
			return called
		}
	case edge.AssignStmt_Rhs, edge.ValueSpec_Values:
		return c.variableManner(parent.Node(), lit.Node().(ast.Expr))
	}
	return unknown
}

func callManner(call inspector.Cursor) manner {
	if call.ParentEdgeKind() == edge.DeferStmt_Call {
		return deferred
	}
	return called
}

// variableManner tells how a literal is run that a local variable holds.
func (c *checker) variableManner(assignment ast.Node, lit ast.Expr) manner {
	for _, set := range match.Assignments(assignment) {
		if set.Right != lit {
			continue
		}
		if v := match.LocalVar(c.info, set.Left); v != nil {
			var uses []inspector.Cursor
			for cursor := range c.root.Preorder((*ast.Ident)(nil)) {
				if c.info.Uses[cursor.Node().(*ast.Ident)] == v {
					uses = append(uses, cursor)
				}
			}
			return manners(uses)
		}
	}
	return unknown
}

// manners sums up how the function is run that the given names stand for.
func manners(uses []inspector.Cursor) manner {
	sum := unknown
	for _, use := range uses {
		switch how := nameManner(use); {
		case how == unknown:
			return unknown
		case how == deferred || sum == unknown:
			sum = how
		}
	}
	return sum
}

// nameManner tells what the place does with the function that it names.
func nameManner(name inspector.Cursor) manner {
	for {
		switch name.ParentEdgeKind() {
		case edge.CallExpr_Fun:
			return callManner(name.Parent())
		case edge.SelectorExpr_Sel, edge.IndexExpr_X, edge.IndexListExpr_X, edge.ParenExpr_X:
			name = name.Parent()
		default:
			return unknown
		}
	}
}

// declaredManner tells how a declared function is run. Who can be called from
// elsewhere may be deferred there; main, init and tests aren't.
func (c *checker) declaredManner(decl *ast.FuncDecl) manner {
	fn, _ := c.info.Defs[decl.Name].(*types.Func)
	if fn == nil {
		return unknown
	}
	how := manners(c.uses[fn])
	switch {
	case how == deferred:
		return deferred
	case c.calledByHost(decl):
		return called
	case fn.Exported() && c.pass.Pkg.Name() != "main" || decl.Recv != nil && fn.Exported():
		return unknown
	}
	return how
}

// calledByHost reports whether the runtime or go test calls the function.
func (c *checker) calledByHost(decl *ast.FuncDecl) bool {
	name := decl.Name.Name
	if decl.Recv != nil {
		return false
	}
	if name == "init" || name == "main" && c.pass.Pkg.Name() == "main" {
		return true
	}
	return match.InTestFile(c.pass.Fset, decl.Pos()) && strings.HasPrefix(name, "Test") && decl.Type.Params.NumFields() == 1
}

// whyUseless says what is wrong with a recover in a function that isn't
// deferred.
func (c *checker) whyUseless(fn inspector.Cursor) string {
	if decl, ok := fn.Node().(*ast.FuncDecl); ok {
		return fmt.Sprintf("recover returns nil here: %s is called, never deferred", decl.Name.Name)
	}
	for outer := range fn.Parent().Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		if _, how := c.mannerOf(outer); how == deferred {
			return "recover returns nil here: it is called by a function literal inside of the deferred function, one call too deep"
		}
		break
	}
	return "recover returns nil here: the function literal that calls it is not deferred"
}

func (c *checker) mannerOf(fn inspector.Cursor) (inspector.Cursor, manner) {
	if decl, ok := fn.Node().(*ast.FuncDecl); ok {
		return fn, c.declaredManner(decl)
	}
	return fn, c.literalManner(fn)
}
