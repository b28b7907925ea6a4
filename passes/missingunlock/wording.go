package missingunlock

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// wording writes the findings.
type wording struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
}

// leak tells of a path that keeps the lock. It blames the return, the
// continue, or the brace that ends the function or the loop.
func (w wording) leak(walk *walk, l leak) report.Finding {
	taken := w.evidence.CallExpr(l.taken)
	name := w.nameOf(walk, l.taken)
	at, subject := w.exit(walk.fn, l)
	consequence := "other paths release it"
	if l.ret == nil {
		consequence = "the next iteration waits for it"
		if l.turned != nil && paths.Varies(walk.lock, l.turned.Succs[0]) {
			consequence = "other iterations release it"
		}
	}
	f := report.Finding{
		Range:   at,
		Message: fmt.Sprintf("%s %s locked: %s (locked at line %d)", subject, name, consequence, w.line(l.taken.Pos())),
	}
	if taken != nil {
		f.Related = append(f.Related, report.Here(taken, "locked here"))
	}
	if len(walk.releases) > 0 {
		f.Related = append(f.Related, w.related(walk.releases[0], "released here on another path"))
	}
	if l.ret != nil {
		f.Fixes = w.unlockBefore(walk, l)
	}
	return f
}

// branching tells of a path that keeps the lock and ends where paths that
// release it end too, so that no return is to blame but what lies before it.
func (w wording) branching(walk *walk, l leak) report.Finding {
	at, _ := w.exit(walk.fn, l)
	f := report.Finding{
		Range:   report.CallRange(w.evidence, l.taken),
		Message: fmt.Sprintf("%s is locked here and released on some paths only: one reaches line %d without", w.nameOf(walk, l.taken), w.line(at.Pos())),
		Related: []analysis.RelatedInformation{report.Here(at, "reached with the lock held")},
		Subject: l.taken.Pos(),
	}
	if len(walk.releases) > 0 {
		f.Related = append(f.Related, w.related(walk.releases[0], "released here on another path"))
	}
	return f
}

// exit returns the syntax at which a path leaves, and the words for it.
func (w wording) exit(fn *ssa.Function, l leak) (analysis.Range, string) {
	at, words := paths.Exit{Return: l.ret, Turned: l.turned}.Syntax(fn, l.taken.Pos())
	if at == nil {
		at = w.evidence.CallExpr(l.taken)
	}
	return at, words + " leaves"
}

func (w wording) mismatch(m misuse) report.Finding {
	wrong, right, as := "Unlock", "RUnlock", "reading"
	if fn := sharing.CalleeObject(m.call.Common()); fn.Name() == "RUnlock" {
		wrong, right, as = "RUnlock", "Unlock", "writing"
	}
	name := w.receiverName(m.call)
	f := report.Finding{
		Range:   report.CallRange(w.evidence, m.call),
		Message: fmt.Sprintf("%s is locked for %s at line %d: %s in the place of %s is a fatal error", name, as, w.line(m.earlier.Pos()), wrong, right),
		Related: []analysis.RelatedInformation{w.related(m.earlier, "locked here")},
		Subject: m.call.Pos(),
	}
	if sel := w.selector(m.call); sel != nil {
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Call "+right, edit.Replace(sel.Sel, right))}
	}
	return f
}

// double blames the explicit unlock when the other one is deferred.
func (w wording) double(m misuse) report.Finding {
	_, secondDeferred := m.call.(*ssa.Defer)
	_, firstDeferred := m.earlier.(*ssa.Defer)
	at, other := m.call, m.earlier
	format := "%s has been released at line %d: to unlock it again is a fatal error"
	label := "released here"
	if secondDeferred && !firstDeferred {
		at, other = m.earlier, m.call
		format = "%s is released here and once more by the deferred call of line %d: a fatal error"
		label = "released again by this call"
	}
	return report.Finding{
		Range:   report.CallRange(w.evidence, at),
		Message: fmt.Sprintf(format, w.receiverName(at), w.line(other.Pos())),
		Related: []analysis.RelatedInformation{w.related(other, label)},
		Subject: at.Pos(),
	}
}

func (w wording) deferredLock(m misuse) report.Finding {
	name := w.receiverName(m.call)
	method := sharing.CalleeObject(m.call.Common()).Name()
	right := map[string]string{"Lock": "Unlock", "RLock": "RUnlock"}[method]
	f := report.Finding{
		Range:   report.CallRange(w.evidence, m.call),
		Message: fmt.Sprintf("deferred %s takes %s once more as the function returns: nothing releases it (locked at line %d)", method, name, w.line(m.earlier.Pos())),
		Related: []analysis.RelatedInformation{w.related(m.earlier, "locked here")},
		Subject: m.call.Pos(),
	}
	if sel := w.selector(m.call); sel != nil && right != "" {
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Defer "+right, edit.Replace(sel.Sel, right))}
	}
	return f
}

func (w wording) line(pos token.Pos) int { return w.pass.Fset.Position(pos).Line }

func (w wording) related(call ssa.CallInstruction, label string) analysis.RelatedInformation {
	return report.Here(report.CallRange(w.evidence, call), label)
}

func (w wording) selector(call ssa.CallInstruction) *ast.SelectorExpr {
	expr := w.evidence.CallExpr(call)
	if expr == nil {
		return nil
	}
	sel, _ := ast.Unparen(expr.Fun).(*ast.SelectorExpr)
	return sel
}

// receiver returns the lock as the source spells it in a call of its own
// method.
func (w wording) receiver(call ssa.CallInstruction) ast.Expr {
	sel := w.selector(call)
	if _, op := w.evidence.LockOperation(call.Common()); sel == nil || op == 0 {
		return nil
	}
	return sel.X
}

func (w wording) receiverName(call ssa.CallInstruction) string {
	lock, _ := w.evidence.LockOperation(call.Common())
	return w.lockName(call, lock.Place)
}

// nameOf returns the lock as the source spells it where it is taken, or else
// where it is given back.
func (w wording) nameOf(walk *walk, taken ssa.CallInstruction) string {
	for _, call := range append([]ssa.CallInstruction{taken}, walk.releases...) {
		if expr := w.receiver(call); expr != nil {
			return edit.Print(w.pass.Fset, expr)
		}
	}
	return w.lockName(taken, walk.lock)
}

func (w wording) lockName(call ssa.CallInstruction, place *sharing.Place) string {
	if expr := w.receiver(call); expr != nil {
		return edit.Print(w.pass.Fset, expr)
	}
	return place.String()
}
