package atomicmix

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// fix makes the plain uses of one function atomic, if each is a read,
// assignment or increment that one call replaces. A test followed by a change
// stays two steps: that is checkthenact's.
func (j *judge) fix(v verdict) []analysis.SuggestedFix {
	var edits []analysis.TextEdit
	for _, use := range append([]verdict{v}, v.also...) {
		r, ok := j.rewriter(use.plain.Expr, j.atomicCall(use))
		if !ok {
			return nil
		}
		made := r.edits()
		if made == nil {
			return nil
		}
		edits = append(edits, made...)
	}
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return cmp.Compare(a.Pos, b.Pos) })
	return []analysis.SuggestedFix{edit.Fix("Use sync/atomic", edits...)}
}

// A rewriter makes one plain use of a variable atomic.
type rewriter struct {
	expr    ast.Expr
	address string
	pkg     string // the file's name for sync/atomic
	suffix  string // of the functions for the variable's type: "Int64"
	parent  ast.Node
}

// rewriter reports false when the functions can't be called in the file of
// the use as the given call of sync/atomic does.
func (j *judge) rewriter(expr ast.Expr, call *ast.CallExpr) (rewriter, bool) {
	fun, isSelector := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if _, converted := ast.Unparen(call.Args[0]).(*ast.CallExpr); !isSelector || converted {
		return rewriter{}, false
	}
	file := j.fileOf(expr)
	pkg, imported := importName(file, "sync/atomic")
	suffix := typeSuffix(fun.Sel.Name)
	path, exact := astutil.PathEnclosingInterval(file, expr.Pos(), expr.End())
	i := slices.Index(path, ast.Node(expr))
	if !imported || suffix == "" || !exact || i < 0 || i+1 == len(path) {
		return rewriter{}, false
	}
	return rewriter{expr: expr, address: addressOf(j.pass.Fset, expr), pkg: pkg, suffix: suffix, parent: path[i+1]}, true
}

func addressOf(fset *token.FileSet, expr ast.Expr) string {
	if star, ok := expr.(*ast.StarExpr); ok {
		return edit.Print(fset, star.X)
	}
	return "&" + edit.Print(fset, expr)
}

func (j *judge) fileOf(n ast.Node) *ast.File {
	i := slices.IndexFunc(j.pass.Files, func(f *ast.File) bool { return f.FileStart <= n.Pos() && n.Pos() < f.FileEnd })
	return j.pass.Files[i]
}

// importName returns the name under which a file imports a package.
func importName(file *ast.File, path string) (string, bool) {
	for _, spec := range file.Imports {
		if value, err := strconv.Unquote(spec.Path.Value); err != nil || value != path {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name, spec.Name.Name != "_" && spec.Name.Name != "."
		}
		return path[strings.LastIndex(path, "/")+1:], true
	}
	return "", false
}

// typeSuffix returns "Int64" of AddInt64.
func typeSuffix(name string) string {
	for _, operation := range []string{"Load", "Store", "Add", "Swap", "CompareAndSwap", "And", "Or"} {
		if suffix, ok := strings.CutPrefix(name, operation); ok {
			return suffix
		}
	}
	return ""
}

// edits returns nil for uses that no single call replaces.
func (r rewriter) edits() []analysis.TextEdit {
	switch parent := r.parent.(type) {
	case *ast.IncDecStmt:
		return r.increment(parent)
	case *ast.AssignStmt:
		if slices.Contains(parent.Lhs, r.expr) {
			return r.assignment(parent)
		}
	case *ast.UnaryExpr:
		if parent.Op == token.AND {
			return nil
		}
	case *ast.RangeStmt:
		return nil
	}
	return []analysis.TextEdit{edit.Replace(r.expr, r.call("Load", ""))}
}

func (r rewriter) increment(stmt *ast.IncDecStmt) []analysis.TextEdit {
	switch {
	case stmt.Tok == token.INC && r.suffix != "Pointer":
		return []analysis.TextEdit{edit.Replace(stmt, r.call("Add", "1"))}
	case stmt.Tok == token.DEC && strings.HasPrefix(r.suffix, "Int"):
		return []analysis.TextEdit{edit.Replace(stmt, r.call("Add", "-1"))}
	}
	return nil
}

// assignment rewrites x = v and x += v. The text of v stays: it may hold
// further uses.
func (r rewriter) assignment(stmt *ast.AssignStmt) []analysis.TextEdit {
	operation := map[token.Token]string{token.ASSIGN: "Store", token.ADD_ASSIGN: "Add"}[stmt.Tok]
	if operation == "" || len(stmt.Lhs) != 1 || r.readsItself(stmt.Rhs[0]) {
		return nil
	}
	before := strings.TrimSuffix(r.call(operation, ""), ")") + ", "
	return []analysis.TextEdit{
		{Pos: stmt.Pos(), End: stmt.Rhs[0].Pos(), NewText: []byte(before)},
		edit.Insert(stmt.End(), ")"),
	}
}

// readsItself reports whether the new value depends on the old one: then two
// calls lose what happens between them.
func (r rewriter) readsItself(value ast.Expr) bool {
	found := false
	ast.Inspect(value, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		found = found || ok && types.ExprString(e) == types.ExprString(r.expr)
		return !found
	})
	return found
}

func (r rewriter) call(operation, arg string) string {
	if arg != "" {
		arg = ", " + arg
	}
	return r.pkg + "." + operation + r.suffix + "(" + r.address + arg + ")"
}
