package summarize

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/effect"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// endings knows how calls of the package's functions can end.
//
// It is a may analysis over syntax, without paths: a function does what its
// body says, outside of function literals that aren't called where they
// stand, and what the functions do that it calls by name. A panic counts when
// its value is made of an error, for a panic with a text of its own mostly
// guards against mistakes of the program. It goes no further than a function
// that defers one which recovers, or one that is named or documented to
// panic: who calls that chose to.
type endings struct {
	info    *types.Info
	imports sharing.Imports
	decls   map[*types.Func]*endingOf
	order   []*types.Func
}

// endingOf is the ending of one function, as far as it is known.
type endingOf struct {
	effect.Ending
	calls     []*types.Func // by name, in source order
	defers    []*types.Func
	keepsIn   bool // panics don't leave it, or it tells of them
	recovered bool // it defers a literal that recovers
}

// Ending returns what is known of how calls of a function can end, whichever
// package it is of: the table, this package's code, or facts.
func (r *Result) Ending(fn *types.Func) effect.Ending { return r.endings().of(fn.Origin()) }

// findEndings reads the declared functions of the package and goes from
// callees to callers until nothing changes.
func findEndings(pass *analysis.Pass, prog *program.Program, imports sharing.Imports) *endings {
	e := &endings{info: pass.TypesInfo, imports: imports, decls: make(map[*types.Func]*endingOf)}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			if fn, ok := e.info.Defs[decl.Name].(*types.Func); ok {
				e.decls[fn] = e.read(decl)
				e.decls[fn].Handles = e.decls[fn].Recovers && match.OnlyRecovers(e.info, decl)
				e.order = append(e.order, fn)
			}
		}
	}
	for _, fn := range e.order {
		d := e.decls[fn]
		d.keepsIn = d.keepsIn || d.recovered || e.defersRecovery(d)
		d.Panics = d.Panics && !d.keepsIn
	}
	for changed := true; changed; {
		changed = false
		for _, fn := range e.order {
			changed = e.update(e.decls[fn]) || changed
		}
	}
	for _, fn := range e.order {
		d := e.decls[fn]
		d.Ends = d.Exits && prog.NoReturn(fn)
	}
	return e
}

// declared returns the functions of the package that have a body, in source
// order.
func (e *endings) declared() []*types.Func { return e.order }

func (e *endings) of(fn *types.Func) effect.Ending {
	if d := e.decls[fn]; d != nil {
		return d.Ending
	}
	if model.NeverReturns(fn) && model.EndsProcess(fn) {
		return effect.Ending{Exits: true, Ends: true}
	}
	if known := e.imports(fn); known != nil {
		return known.Ending
	}
	return effect.Ending{}
}

func (e *endings) update(d *endingOf) bool {
	before := d.Ending
	for _, callee := range d.calls {
		end := e.of(callee)
		d.Exits = d.Exits || end.Exits
		d.Panics = d.Panics || end.Panics && !d.keepsIn
	}
	return d.Ending != before
}

func (e *endings) defersRecovery(d *endingOf) bool {
	for _, fn := range d.defers {
		if e.of(fn).Recovers || e.decls[fn] == nil && match.NamedRecovery(fn.Name()) {
			return true
		}
	}
	return false
}

// read notes what the body of one function does by itself.
func (e *endings) read(decl *ast.FuncDecl) *endingOf {
	text := strings.ToLower(decl.Name.Name + " " + decl.Doc.Text())
	d := &endingOf{keepsIn: strings.HasPrefix(text, "must") || strings.Contains(text, "panic")}
	ast.Inspect(decl.Body, func(n ast.Node) bool { return e.readNode(d, n) })
	return d
}

// readNode notes one node, and reports whether to look inside.
func (e *endings) readNode(d *endingOf, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		return false // another goroutine
	case *ast.DeferStmt:
		if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok {
			d.recovered = d.recovered || match.Recovers(e.info, lit.Body)
		} else if fn, ok := typeutil.Callee(e.info, n.Call).(*types.Func); ok {
			d.defers = append(d.defers, fn.Origin())
		}
	case *ast.FuncLit:
		return false // readCall looks at those that are called where they stand
	case *ast.CallExpr:
		e.readCall(d, n)
	}
	return true
}

func (e *endings) readCall(d *endingOf, call *ast.CallExpr) {
	switch fn := typeutil.Callee(e.info, call).(type) {
	case *types.Builtin:
		d.Recovers = d.Recovers || fn.Name() == "recover"
		d.Panics = d.Panics || fn.Name() == "panic" && e.carriesError(call)
	case *types.Func:
		d.Panics = d.Panics || model.LogsAndPanics(fn) && e.carriesError(call)
		d.calls = append(d.calls, fn.Origin())
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		inner := new(endingOf)
		ast.Inspect(lit.Body, func(n ast.Node) bool { return e.readNode(inner, n) })
		d.calls = append(d.calls, inner.calls...)
		d.Panics = d.Panics || inner.Panics && !inner.recovered
	}
}

// carriesError reports whether an argument of the call is or is made of an
// error.
func (e *endings) carriesError(call *ast.CallExpr) bool {
	found := false
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if expr, ok := n.(ast.Expr); ok && match.IsError(e.info.TypeOf(expr)) {
				found = true
			}
			return !found
		})
	}
	return found
}
