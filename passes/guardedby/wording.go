package guardedby

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// finding words a verdict. It blames the use, or the call that leads to it
// without the lock where others hold it.
func (j *judge) finding(v verdict) report.Finding {
	name := edit.Print(j.pass.Fset, v.use.Expr)
	done := doing(v.use)
	evidence := fmt.Sprintf("%d of %d uses hold it", v.kept, v.total)
	switch {
	case v.said:
		evidence = "its comment says that it guards it"
	case v.stray:
		evidence = "all who read it elsewhere hold it"
	}
	if v.shared {
		changed, meets := "written", "used under the read lock here"
		if v.inside {
			changed, meets = "changed", "changed under the write lock here"
		}
		return report.Finding{
			Range:   v.use.Expr,
			Message: fmt.Sprintf("%s is %s while %s is held for reading only, which others may hold at the same time", name, changed, v.lock),
			Subject: v.use.Expr,
			Related: []analysis.RelatedInformation{report.Here(v.meets.Expr, meets)},
		}
	}
	where := "without " + v.lock
	if v.left || v.part {
		where = fmt.Sprintf("after %s was released", v.lock)
	}
	f := report.Finding{
		Low:     v.scarce || v.isSetting() || j.isGuest(v),
		Range:   v.use.Expr,
		Message: fmt.Sprintf("%s is %s %s: %s", name, done, where, evidence),
		Subject: v.use.Expr,
	}
	if call := v.call; call != nil {
		if expr := j.evidence.CallExpr(call); expr != nil {
			f.Range = expr
			f.Message = fmt.Sprintf("%s uses %s without %s: %s", edit.Print(j.pass.Fset, expr.Fun), v.use.At, v.lock, evidence)
			f.Related = append(f.Related, report.Here(v.use.Expr, done+" here"))
			f.Subject = call
		}
	}
	f.Related = append(f.Related, j.related(v)...)
	for _, expr := range v.also {
		f.Related = append(f.Related, report.Here(expr, "also used without it here"))
	}
	return f
}

// breachFinding words a call that breaks what the callee's name says.
func (j *judge) breachFinding(b breach) report.Finding {
	at, called := analysis.Range(report.Span{From: b.call.Pos(), To: b.call.Pos() + 1}), "the callee"
	if expr := j.evidence.CallExpr(b.call); expr != nil {
		at, called = expr, edit.Print(j.pass.Fset, expr.Fun)
	}
	message := fmt.Sprintf("%s is called with no lock held, as its name says one is, and %d of %d calls do", called, b.count, b.total)
	if b.kept == nil {
		message = fmt.Sprintf("%s is called with no lock held, as its comment says one is", called)
	} else if b.lock != nil {
		message = fmt.Sprintf("%s is called with no lock held: %d of %d calls hold %s", called, b.count, b.total, b.lock)
	}
	f := report.Finding{Range: at, Message: message, Subject: b.call}
	if b.kept == nil {
		return f
	}
	if expr := j.evidence.CallExpr(b.kept); expr != nil {
		f.Related = append(f.Related, report.Here(expr, "called under the lock here"))
	}
	return f
}

// related points at a use under the lock, and at where it is taken.
func (j *judge) related(v verdict) []analysis.RelatedInformation {
	list := []analysis.RelatedInformation{report.Here(v.meets.Expr, doing(v.meets)+" under the lock here")}
	if taken := j.evidence.LockedAt(v.meets.Effect); taken != nil {
		if expr := j.evidence.CallExpr(taken); expr != nil {
			list = append(list, report.Here(expr, "locked here"))
		}
	}
	return list
}

// doing says what a use does to a variable, or to the object in it.
func doing(use sharing.MapUse) string {
	switch {
	case use.Inside && use.Writes():
		return "changed"
	case use.Inside:
		return "used"
	case use.Writes():
		return "written"
	}
	return "read"
}
