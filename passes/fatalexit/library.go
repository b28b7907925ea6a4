package fatalexit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeLibrary reports a logger's Fatal with an error in a function of a
// library that returns one, or where it returns one for other values of what
// it checks: other texts mostly guard against mistakes of the program. The function literal or declaration directly around it is
// what could return: a goroutine's can't.
func (c *checker) judgeLibrary(x exit) {
	typ, _ := match.FuncParts(x.fn.Node())
	sig := c.signature(x.fn.Node())
	if c.pass.Pkg.Name() == "main" || c.forTests(x) || !match.ReturnsError(sig) || !isFatal(x.callee) || !(c.carriesError(x) && c.guarded(x) || c.checks(x)) || c.documented(x) {
		return
	}
	name := "a function literal"
	if decl, ok := x.fn.Node().(*ast.FuncDecl); ok {
		name = decl.Name.Name
	}
	c.reporter.Add(report.Finding{
		Range:   x.expr.Fun,
		Low:     model.ServesCommand(c.pass.Pkg), // whose main prints the error and ends, too
		Message: fmt.Sprintf("%s in %s, which returns error: the library ends its user's process", edit.Print(c.pass.Fset, x.expr.Fun), name),
		Fixes:   c.returned(x, typ),
	})
}

// carriesError reports whether an error is what the call tells of.
func (c *checker) carriesError(x exit) bool {
	for _, arg := range x.expr.Args {
		if match.IsError(c.info.TypeOf(arg)) {
			return true
		}
	}
	return false
}

// guarded reports whether the condition directly around is that there is an
// error.
func (c *checker) guarded(x exit) bool {
	for cursor := range x.cursor.Enclosing((*ast.IfStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		branch, ok := cursor.Node().(*ast.IfStmt)
		if !ok {
			return false
		}
		cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
		return ok && cond.Op == token.NEQ && match.IsError(c.info.TypeOf(cond.X)) && c.info.Types[cond.Y].IsNil()
	}
	return false
}

// checks reports whether the exit is one of several answers to values that
// aren't valid, where another is an error:
//
//	if f.Name == "" {
//		return nil, errors.New("no name")
//	}
//	if f.Percent > 100 {
//		log.Fatalf("%s: percent %d out of range", f.Name, f.Percent)
//	}
//
// Both stand directly in one block, as what validates does.
func (c *checker) checks(x exit) bool {
	if x.cursor.ParentEdgeKind() != edge.ExprStmt_X || x.cursor.Parent().Parent().ParentEdgeKind() != edge.IfStmt_Body {
		return false
	}
	guard := x.cursor.Parent().Parent().Parent()
	if guard.ParentEdgeKind() != edge.BlockStmt_List || !c.comparesValues(guard.Node().(*ast.IfStmt)) {
		return false
	}
	for _, stmt := range guard.Parent().Node().(*ast.BlockStmt).List {
		other, ok := stmt.(*ast.IfStmt)
		if ok && c.comparesValues(other) && c.makesError(other.Body) && c.shares(guard.Node().(*ast.IfStmt).Cond, other.Cond) {
			return true
		}
	}
	return false
}

// comparesValues reports whether a condition compares anything but with nil.
func (c *checker) comparesValues(branch *ast.IfStmt) bool {
	found, withNil := false, false
	ast.Inspect(branch.Cond, func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && cmp.Op != token.LAND && cmp.Op != token.LOR {
			found = true
			withNil = withNil || c.info.Types[cmp.Y].IsNil()
		}
		return true
	})
	return found && !withNil
}

// makesError reports whether a block ends by returning an error that it makes.
func (c *checker) makesError(block *ast.BlockStmt) bool {
	if len(block.List) == 0 {
		return false
	}
	ret, ok := block.List[len(block.List)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) == 0 {
		return false
	}
	made, ok := ast.Unparen(ret.Results[len(ret.Results)-1]).(*ast.CallExpr)
	return ok && model.MakesError(typeutil.StaticCallee(c.info, made))
}

// shares reports whether two conditions ask about one variable.
func (c *checker) shares(one, other ast.Expr) bool {
	found := false
	ast.Inspect(one, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			v := match.LocalVar(c.info, id)
			found = v != nil && match.Mentions(c.info, other, v)
		}
		return !found
	})
	return found
}

func (c *checker) signature(fn ast.Node) *types.Signature {
	switch fn := fn.(type) {
	case *ast.FuncLit:
		return c.info.TypeOf(fn).(*types.Signature)
	case *ast.FuncDecl:
		return c.info.Defs[fn.Name].Type().(*types.Signature)
	}
	return nil
}

// isFatal reports whether fn is a logger's way to exit: it ends the process
// and is told why, rather than with which status.
func isFatal(fn *types.Func) bool {
	sig := fn.Signature()
	if !model.NeverReturns(fn) || !model.EndsProcess(fn) || sig.Params().Len() == 0 {
		return false
	}
	return isReason(sig.Params().At(0).Type()) || isReason(lastParam(sig))
}

// forTests reports whether the file or the whole package serves tests.
func (c *checker) forTests(x exit) bool {
	if c.inTest(x) {
		return true
	}
	for _, file := range c.pass.Files {
		if match.ImportsTesting(file) && !match.TestFile(c.pass, file) {
			return true
		}
	}
	return false
}

var exits = regexp.MustCompile(`(?i)exit|fatal|terminat|abort|dies?\b|crash|must|kills?\b|main\b|never|impossible|not (happen|be reached)|unreachable`)

// documented reports whether the function around is named or documented to
// end the process, does so by os.Exit, a comment at the call speaks of it, or
// the text that it ends with says that the program is to blame.
func (c *checker) documented(x exit) bool {
	if match.SaysInvariant(x.expr) {
		return true
	}
	for cursor := range x.fn.Enclosing((*ast.FuncDecl)(nil)) {
		decl := cursor.Node().(*ast.FuncDecl)
		if exits.MatchString(decl.Name.Name) || exits.MatchString(decl.Doc.Text()) || exits.MatchString(receiver(decl)) {
			return true
		}
	}
	if c.exitsAnyway(x.fn) {
		return true
	}
	for file := range x.cursor.Enclosing((*ast.File)(nil)) {
		for _, group := range file.Node().(*ast.File).Comments {
			if near := c.line(x.expr) - c.pass.Fset.Position(group.End()).Line; 1 <= near && near <= 2 && exits.MatchString(group.Text()) {
				return true
			}
		}
	}
	return false
}

// receiver returns the name of the type of which a function is a method, or "".
func receiver(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	return types.ExprString(decl.Recv.List[0].Type)
}

// exitsAnyway reports whether a function calls os.Exit: it is part of a
// command.
func (c *checker) exitsAnyway(fn inspector.Cursor) bool {
	for cursor := range fn.Preorder((*ast.CallExpr)(nil)) {
		callee, _ := typeutil.Callee(c.info, cursor.Node().(*ast.CallExpr)).(*types.Func)
		if model.Key(callee) == "os.Exit" {
			return true
		}
	}
	return false
}

// returned returns the fix that returns the error in place of the exit.
func (c *checker) returned(x exit, typ *ast.FuncType) []analysis.SuggestedFix {
	if x.cursor.ParentEdgeKind() != edge.ExprStmt_X || len(x.expr.Args) == 0 || x.expr.Ellipsis.IsValid() {
		return nil
	}
	zeros, ok := edit.Zeros(c.pass, typ)
	if !ok {
		return nil
	}
	value, imports, ok := c.asError(x)
	if !ok {
		return nil
	}
	text := "return " + strings.Join(append(zeros[:len(zeros)-1], value), ", ")
	return []analysis.SuggestedFix{edit.Fix("Return the error", append(imports, edit.Replace(x.expr, text))...)}
}

// asError writes what is logged as an error. The import of the logger must be
// of use to somebody else.
func (c *checker) asError(x exit) (string, []analysis.TextEdit, bool) {
	if x.callee.Pkg() == nil || c.onlyUse(x.callee.Pkg().Path(), x) {
		return "", nil, false
	}
	switch {
	case x.callee.Name() == "Fatal" && len(x.expr.Args) == 1 && match.IsError(c.info.TypeOf(x.expr.Args[0])):
		return edit.Source(c.pass, x.expr.Args[0]), nil, true
	case x.callee.Name() == "Fatalf":
		name, imports, ok := edit.Import(c.pass, x.cursor, "fmt")
		from, to := x.expr.Args[0].Pos(), x.expr.Args[len(x.expr.Args)-1].End()
		return name + ".Errorf(" + edit.Source(c.pass, report.Span{From: from, To: to}) + ")", imports, ok
	}
	return "", nil, false
}
