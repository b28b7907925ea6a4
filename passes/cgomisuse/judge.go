package cgomisuse

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judge decides on one thing that is taken. It is a forward may analysis on
// the control-flow graph: is there a path from the taking to a return that
// doesn't give back? That another path gives back shows that it is this
// function's to do. What leaves the function's hands is left alone.
func (c *checker) judge(body *ast.BlockStmt, graph *program.Graph, from program.Step, t taken) {
	uses := c.usesOf(body, t)
	if t.v != nil && uses.leaves {
		return
	}
	if !c.givenSomewhere(body, t) {
		if t.kind == memory && uses.borrowed != "" && !uses.kept {
			c.reporter.Add(report.Finding{
				Range:   t.call,
				Message: fmt.Sprintf("%s is memory of C that nobody frees: C.%s doesn't keep it", t.v.Name(), uses.borrowed),
				Fixes:   c.freed(t),
			})
		}
		return
	}
	var without *ast.ReturnStmt
	graph.Search(from, func(step program.Step) bool {
		if without != nil || c.gives(step.Node, t) || step.Node == t.at {
			return false
		}
		ret, ok := step.Node.(*ast.ReturnStmt)
		if ok {
			without = ret
		}
		return !ok
	})
	if without == nil {
		return
	}
	c.reporter.Add(report.Finding{
		Range:   t.call,
		Message: fmt.Sprintf("%s %s on the path that returns at %s", subject(t), notGiven[t.kind], report.FileLine(c.pass.Fset, without.Pos())),
		Related: []analysis.RelatedInformation{report.Here(report.Word(without, "return"), "returns here")},
	})
}

var notGiven = map[kind]string{memory: "isn't freed", handle: "isn't deleted", thread: "isn't undone by UnlockOSThread"}

func subject(t taken) string {
	if t.v == nil {
		return t.name
	}
	return t.v.Name() + ", from " + t.name + ","
}

// freed defers the release. What cgo has made of a file can't be edited.
func (c *checker) freed(t taken) []analysis.SuggestedFix {
	selector, ok := ast.Unparen(t.call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	text := "\n" + edit.Indentation(c.pass, t.at.Pos()) + "defer " + edit.Print(c.pass.Fset, selector.X) + ".free(unsafe.Pointer(" + t.v.Name() + "))"
	return []analysis.SuggestedFix{edit.Fix("Free "+t.v.Name()+" at the end", edit.Insert(t.at.End(), text))}
}

// givenSomewhere reports whether the body gives the thing back anywhere.
func (c *checker) givenSomewhere(body *ast.BlockStmt, t taken) bool {
	return slices.ContainsFunc(innermostStatements(body), func(stmt ast.Stmt) bool { return c.gives(stmt, t) })
}

// innermostStatements returns the statements that hold no others, literals
// aside.
func innermostStatements(body *ast.BlockStmt) []ast.Stmt {
	var list []ast.Stmt
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt, *ast.DeferStmt, *ast.AssignStmt, *ast.ReturnStmt, *ast.GoStmt:
			list = append(list, n.(ast.Stmt))
			return false
		}
		return true
	})
	return list
}

// uses says where a variable goes.
type uses struct {
	leaves   bool   // it is stored, returned or given to Go code
	kept     bool   // it goes to a function of C that may keep it
	borrowed string // a function of C's library that it goes to
}

func (c *checker) usesOf(body *ast.BlockStmt, t taken) uses {
	var u uses
	var above []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if id, ok := n.(*ast.Ident); ok && t.v != nil && c.pass.TypesInfo.Uses[id] == t.v {
			c.use(&u, above)
		}
		above = append(above, n)
		return true
	})
	return u
}

// use judges one use: the argument of C, or of what cgo puts around one.
func (c *checker) use(u *uses, above []ast.Node) {
	for i := len(above) - 1; i >= 0; i-- {
		switch parent := above[i].(type) {
		case *ast.ParenExpr:
		case *ast.SelectorExpr:
			if call, ok := above[max(i-1, 0)].(*ast.CallExpr); !ok || call.Fun != parent {
				u.leaves = true
			}
			return // a method of a handle
		case *ast.BinaryExpr:
			return // compared
		case *ast.CallExpr:
			if c.pass.TypesInfo.Types[parent.Fun].IsType() {
				break
			}
			c.argument(u, parent)
			return
		case *ast.AssignStmt:
			if len(parent.Lhs) == 1 && isMadeByCgo(parent.Lhs[0]) {
				return // _cgo0 := cs, for a call in the same literal
			}
			u.leaves = true
			return
		default:
			u.leaves = true
			return
		}
	}
}

func isMadeByCgo(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && len(id.Name) > 4 && id.Name[:4] == "_cgo"
}

func (c *checker) argument(u *uses, call *ast.CallExpr) {
	name := cFunction(c.pass.TypesInfo, call)
	switch {
	case name == "":
		if fn := typeutil.StaticCallee(c.pass.TypesInfo, call); fn == nil || !isCheck(fn) {
			u.leaves = true
		}
	case isHelper(name):
	case model.BorrowsC(name):
		u.borrowed = name
	default:
		u.kept = true
	}
}

// isCheck matches _cgoCheckPointer, which cgo adds.
func isCheck(fn *types.Func) bool { return fn.Name() == "_cgoCheckPointer" }

// callsPerElement reports calls of C in the innermost loops of a body.
func (c *checker) callsPerElement(body *ast.BlockStmt) {
	var above []ast.Node
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if call, ok := n.(*ast.CallExpr); ok && inLoop(above) {
			if name := cFunction(c.pass.TypesInfo, call); name != "" && !isHelper(name) {
				c.reporter.Add(report.Finding{
					Range: call,
					Kind:  "loops", Subject: call,
					Message: "C." + name + " is called for each turn of a loop: one call of C for all of them costs less",
				})
			}
		}
		above = append(above, n)
		return true
	})
}

func inLoop(above []ast.Node) bool {
	for _, n := range slices.Backward(above) {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		}
	}
	return false
}
