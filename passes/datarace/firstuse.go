package datarace

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// setAtFirstUse finds fields and package-level variables that are set by
// whoever comes first, when several may come at once:
//
//	func (t *Table) Index() *index {
//		if t.index == nil { // reported
//			t.index = t.readIndex()
//		}
//		return t.index
//	}
//
// Who comes is known where the function that asks and sets is run by
// goroutines of which there are several, by handlers, or by methods of objects
// that are there to be shared: see [late.visitors]. No lock is held, none that all
// of them would have to take.
func setAtFirstUse(pass *analysis.Pass, told map[token.Pos]bool) []report.Finding {
	if isRuntime(pass.Pkg) || !sharing.Concurrent(pass) {
		return nil
	}
	wanted := askedAndSet(pass)
	if len(wanted) == 0 {
		return nil
	}
	evidence := pass.ResultOf[summarize.Analyzer].(*summarize.Result).Evidence().
		OfVariables(func(v *types.Var) bool { return wanted[v] && !told[v.Pos()] })
	l := &late{objects: objects{pass: pass, evidence: evidence}}
	locations, uses := evidence.Uses()
	for _, location := range locations {
		if !location.Inner {
			l.judge(uses[location])
		}
	}
	return l.found
}

// askedAndSet returns the fields and package-level variables that some
// function sets, and of which its conditions ask something. Maps are mapguard's.
func askedAndSet(pass *analysis.Pass) map[*types.Var]bool {
	found := make(map[*types.Var]bool)
	for _, file := range pass.Files {
		if match.TestFile(pass, file) {
			continue
		}
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
				addAskedAndSet(pass, decl.Body, found)
			}
		}
	}
	return found
}

func addAskedAndSet(pass *analysis.Pass, body *ast.BlockStmt, found map[*types.Var]bool) {
	asked := make(map[*types.Var]bool)
	var set []*types.Var
	ast.Inspect(body, func(n ast.Node) bool {
		if branch, ok := n.(*ast.IfStmt); ok {
			addVariables(pass, branch.Cond, asked)
		}
		for _, assignment := range match.Assignments(n) {
			if v := match.Variable(pass.TypesInfo, assignment.Left); v != nil {
				set = append(set, v)
			}
		}
		return true
	})
	for _, v := range set {
		if asked[v] && v.Pkg() == pass.Pkg && (v.IsField() || v.Parent() == pass.Pkg.Scope()) && !sharing.IsMap(v.Type()) {
			found[v.Origin()] = true
		}
	}
}

func addVariables(pass *analysis.Pass, cond ast.Expr, asked map[*types.Var]bool) {
	ast.Inspect(cond, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			asked[match.Variable(pass.TypesInfo, e)] = true
		}
		return true
	})
}

// late judges the variables that are set at their first use.
type late struct{ objects }

// judge reports a variable once.
func (l *late) judge(uses []sharing.MapUse) {
	for _, set := range uses {
		set.Held = keepingOut(set)
		if set.Use != sharing.Replaced || len(set.Held.Must)+len(set.Held.May) > 0 || !l.isKnown(set) || isClaimed(set) {
			continue
		}
		who := l.visitors(set)
		if who == "" {
			continue
		}
		asked := l.asks(set)
		i := slices.IndexFunc(uses, func(use sharing.MapUse) bool {
			return asked != nil && use.Instr == ssa.Instruction(asked) && use.Expr != nil
		})
		if i < 0 || l.isSetEarly(set, uses) {
			continue
		}
		l.found = append(l.found, l.late(uses[i], set, who))
		return
	}
}

// keepingOut returns the locks of a use that keep others away from the
// variable: for a package-level one, those of the package.
func keepingOut(use sharing.MapUse) sharing.Held {
	held := use.Held
	if _, global := use.At.Base().(*ssa.Global); !global {
		return held
	}
	ofObject := func(at *sharing.Place) bool {
		_, global := at.Base().(*ssa.Global)
		return !global
	}
	lockOfObject := func(lock sharing.Lock) bool { return ofObject(lock.Place) }
	held.Must = slices.DeleteFunc(slices.Clone(held.Must), lockOfObject)
	held.May = slices.DeleteFunc(slices.Clone(held.May), lockOfObject)
	held.Released = slices.DeleteFunc(slices.Clone(held.Released), ofObject)
	return held
}

// isClaimed reports whether an atomic decides who sets the variable. What an
// object claims for itself keeps others from the object, not from a
// package-level variable.
func isClaimed(set sharing.MapUse) bool {
	if _, global := set.At.Base().(*ssa.Global); global {
		return decided(set.Instr)
	}
	return claimed(set.Effect)
}

// isSetEarly reports whether somebody who is alone, or about to start the
// goroutine, has the variable set by the same function.
func (l *late) isSetEarly(set sharing.MapUse, uses []sharing.MapUse) bool {
	return slices.ContainsFunc(uses, func(use sharing.MapUse) bool {
		return use.Writes() && use.Access == set.Access &&
			(use.Entry.Kind == sharing.Sequential || set.Entry.Kind == sharing.Goroutine && l.isBefore(use, set))
	})
}

func (l *late) late(asked, set sharing.MapUse, who string) report.Finding {
	name := edit.Print(l.pass.Fset, asked.Expr)
	f := report.Finding{
		Range:   asked.Expr,
		Subject: asked.Access,
		Message: fmt.Sprintf("%s is set at its first use, at %s, and %s may come to it at once (no lock)",
			name, report.FileLine(l.pass.Fset, set.Expr.Pos()), who),
		Related: []analysis.RelatedInformation{report.Here(set.Expr, "written here")},
	}
	if spawn := set.Entry.Spawn; spawn != nil {
		from, to := l.evidence.SpawnRange(spawn)
		f.Related = append(f.Related, report.Here(report.Span{From: from, To: to}, "goroutine started here"))
	}
	return f
}
