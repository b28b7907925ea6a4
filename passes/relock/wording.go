package relock

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// wording writes the findings.
type wording struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
}

func (w wording) finding(v verdict) report.Finding {
	f := report.Finding{
		Range:   report.CallRange(w.evidence, v.at),
		Message: w.message(v),
		Subject: v.at.Pos(),
		Related: []analysis.RelatedInformation{report.Here(report.CallRange(w.evidence, v.since), w.sinceLabel(v))},
	}
	for i, call := range v.again.Calls {
		if call == v.at {
			continue
		}
		label := "calls " + report.CallName(w.pass, w.evidence, call) + " here"
		if i == len(v.again.Calls)-1 && v.again.Via == "" {
			label = "locks again here"
		}
		f.Related = append(f.Related, report.Here(report.CallRange(w.evidence, call), label))
	}
	if v.again.Via != "" {
		last := v.again.Calls[len(v.again.Calls)-1]
		f.Related = append(f.Related, report.Here(report.CallRange(w.evidence, last), v.again.Chain()+" locks again"))
	}
	if v.after != nil {
		f.Related = append(f.Related, report.Here(report.CallRange(w.evidence, v.after), "a writer waits here"))
	}
	return f
}

func (w wording) sinceLabel(v verdict) string {
	switch {
	case v.once:
		return "run once here"
	case v.held.Shared:
		return "locked for reading here"
	}
	return "locked here"
}

func (w wording) message(v verdict) string {
	subject := report.CallName(w.pass, w.evidence, v.at)
	lock := v.held.Place.String()
	deep := len(v.again.Calls) > 1 || v.again.Via != ""
	if !deep {
		lock = w.receiver(v.at, lock)
	}
	line := w.line(v.since.Pos())
	verb := "locks"
	if deep {
		verb = "ends up locking"
	}
	switch {
	case v.once:
		return fmt.Sprintf("%s calls Do of %s inside the function that it runs: it waits for itself", subject, lock)
	case v.held.Shared && v.again.Mode == summarize.Shared:
		return fmt.Sprintf("%s %s %s for reading again, as since line %d: deadlocks once a writer waits in between", subject, verb, lock, line)
	case v.held.Shared:
		return fmt.Sprintf("%s %s %s, held for reading since line %d: it waits for itself", subject, verb, lock, line)
	case v.again.Mode == summarize.Shared:
		return fmt.Sprintf("%s %s %s for reading, which is held since line %d: it waits for itself", subject, verb, lock, line)
	}
	return fmt.Sprintf("%s %s %s again, which is held since line %d: it waits for itself", subject, verb, lock, line)
}

// receiver returns the lock as the source spells it in a call of its method.
func (w wording) receiver(call ssa.CallInstruction, otherwise string) string {
	if expr := w.evidence.CallExpr(call); expr != nil {
		if sel, ok := selector(expr.Fun); ok {
			return edit.Print(w.pass.Fset, sel)
		}
	}
	return otherwise
}

func (w wording) line(pos token.Pos) int { return w.pass.Fset.Position(pos).Line }

// selector returns what a method is selected from.
func selector(fun ast.Expr) (ast.Expr, bool) {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	if !ok {
		return nil, false
	}
	return sel.X, true
}
