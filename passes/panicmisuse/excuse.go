package panicmisuse

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// contract reports whether the unit's panics are part of what it promises:
// by its name, by its documentation, or because somebody recovers them. What
// is documented to be there for tests may panic as it likes.
func (c *checker) contract(u unit) bool {
	if u.decl == nil {
		return false
	}
	return panicsByName(u.decl.Name.Name) || documented(u.decl) || c.recovered(u) || c.forTests(u.decl)
}

func panicsByName(name string) bool {
	return isMust(name) || strings.Contains(strings.ToLower(name), "panic")
}

// forTests reports whether the function or its receiver's type is documented
// to be there for tests.
func (c *checker) forTests(decl *ast.FuncDecl) bool {
	if match.ForTests(decl.Doc.Text()) {
		return true
	}
	if decl.Recv == nil {
		return false
	}
	recv := c.info.Defs[decl.Name].(*types.Func).Signature().Recv()
	return match.ForTests(c.typeDoc(recv.Type()))
}

// typeDoc returns the documentation of a type of this package.
func (c *checker) typeDoc(t types.Type) string {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return ""
	}
	for cursor := range c.root.Preorder((*ast.TypeSpec)(nil)) {
		spec := cursor.Node().(*ast.TypeSpec)
		if c.info.Defs[spec.Name] != named.Obj() {
			continue
		}
		if decl, ok := cursor.Parent().Node().(*ast.GenDecl); ok && spec.Doc == nil {
			return decl.Doc.Text()
		}
		return spec.Doc.Text()
	}
	return ""
}

// recovered reports whether a panic of the unit may be recovered in the
// package.
func (c *checker) recovered(u unit) bool {
	if c.recovery == nil {
		c.recovery = match.NewRecovery(c.pass)
	}
	return c.recovery.Covers(c.object(u))
}

// documented reports whether a function's documentation speaks of panics.
func documented(decl *ast.FuncDecl) bool {
	return decl.Doc != nil && strings.Contains(strings.ToLower(decl.Doc.Text()), "panic")
}

// initOnly reports whether the unit runs only while the package is
// initialised, where nothing could take an error: init itself, and functions
// that only init or package variables call.
func (c *checker) initOnly(u unit) bool {
	if u.lit != nil || u.decl == nil {
		return false
	}
	return c.initOnlyFunc(c.object(u), u.decl, 4)
}

func (c *checker) initOnlyFunc(fn *types.Func, decl *ast.FuncDecl, depth int) bool {
	if decl.Recv == nil && decl.Name.Name == "init" {
		return true
	}
	calls, all := c.callers(fn)
	if !all || len(calls) == 0 || depth == 0 {
		return false
	}
	for _, call := range calls {
		caller := c.unitOf(call)
		if caller.body == nil {
			continue
		}
		if caller.lit != nil || caller.decl == nil || !c.initOnlyFunc(c.object(caller), caller.decl, depth-1) {
			return false
		}
	}
	return true
}

// Words by which a comment says that the author meant the panic, and by which
// it says why there can't be an error.
var (
	meant = []string{
		"we panic", "to panic", "so panic", "panic because", "panic here", "panic if", "panicking", "may panic", "should panic",
	}
	ruledOut = []string{
		"happen", "impossible", "unreachable", "never", "should not", "shouldn't", "can't", "cannot", "can not",
		"invariant", "bug", "programm", "won't fail", "always", "must be", "guarantee", "already checked", "already validated",
	}
	unfinished = []string{"todo", "fixme", "xxx"}
)

func saysAny(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// explained reports whether the code says that the panic is meant or that
// there can't be an error: in the panic's own text, in a comment near it, or,
// when the comment speaks of panicking, anywhere in the function.
func (c *checker) explained(s site, cause *ast.CallExpr, u unit) bool {
	if match.SaysInvariant(s.call) {
		return true
	}
	first, last := c.line(s.call.Pos()), c.line(s.call.End())
	if guard := guardOf(s.cursor); guard != nil {
		first = c.line(guard.Pos())
	}
	if cause != nil && c.line(cause.Pos()) == first-1 {
		first--
	}
	file := c.fileOf(s.cursor)
	return c.commented(file, first-1, last, ruledOut) || c.commented(file, c.line(u.body.Pos()), c.line(u.body.End()), meant)
}

func (c *checker) line(pos token.Pos) int { return c.pass.Fset.PositionFor(pos, false).Line }

// commented reports whether a comment on the given lines uses one of the
// words, other than to say that something is left to do.
func (c *checker) commented(file *ast.File, first, last int, words []string) bool {
	for _, group := range file.Comments {
		if c.line(group.End()) < first || c.line(group.Pos()) > last {
			continue
		}
		if text := group.Text(); saysAny(text, words) && !saysAny(text, unfinished) {
			return true
		}
	}
	return false
}

// guardOf returns the if statement or case directly around a site.
func guardOf(site inspector.Cursor) ast.Node {
	for cursor := range site.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch cursor.Node().(type) {
		case *ast.IfStmt, *ast.CaseClause:
			return cursor.Node()
		}
		break
	}
	return nil
}

func (c *checker) fileOf(cursor inspector.Cursor) *ast.File {
	for file := range cursor.Enclosing((*ast.File)(nil)) {
		return file.Node().(*ast.File)
	}
	return nil
}

// chosen reports whether a condition around the site asks for panics, as
// flag.PanicOnError does, or for a debugging mode, or is settled when the
// program is built.
func (c *checker) chosen(s site) bool {
	found := c.aborts(s)
	look := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && (saysAny(id.Name, []string{"panic", "debug", "assert"}) || c.isSwitch(id))
			return !found
		})
	}
	for cursor := range s.cursor.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil), (*ast.SwitchStmt)(nil)) {
		switch n := cursor.Node().(type) {
		case *ast.IfStmt:
			look(n.Cond)
		case *ast.CaseClause:
			for _, value := range n.List {
				look(value)
			}
		case *ast.SwitchStmt:
			if n.Tag != nil {
				look(n.Tag)
			}
		}
	}
	return found
}

// isSwitch reports whether a name is that of a constant which turns a part
// of the program on or off.
func (c *checker) isSwitch(id *ast.Ident) bool {
	constant, ok := c.info.Uses[id].(*types.Const)
	if !ok || constant.Pkg() == nil {
		return false
	}
	basic, ok := constant.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0
}

// aborts reports whether the panic is net/http's way to end a handler.
func (c *checker) aborts(s site) bool {
	if s.callee != nil {
		return false
	}
	selector, ok := ast.Unparen(s.call.Args[0]).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := c.info.Uses[selector.Sel].(*types.Var)
	return ok && model.AbortsHandler(v)
}
