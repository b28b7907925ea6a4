package atomicmix

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// finding words a verdict. It blames the plain use.
func (j *judge) finding(v verdict) report.Finding {
	call := j.atomicCall(v)
	f := report.Finding{
		Range: v.plain.Expr,
		Message: fmt.Sprintf("%s is %s here without sync/atomic while %s %s it at %s", edit.Print(j.pass.Fset, v.plain.Expr),
			done(v.plain), edit.Print(j.pass.Fset, call.Fun), does(v.atomic), report.FileLine(j.pass.Fset, call.Pos())),
		Fixes:   j.fix(v),
		Subject: v.plain.Expr,
	}
	if v.spawn != nil {
		from, to := j.evidence.SpawnRange(v.spawn)
		f.Related = append(f.Related, report.Here(report.Span{From: from, To: to}, "goroutine started here"))
	}
	f.Related = append(f.Related, report.Here(call, done(v.atomic)+" atomically here"))
	for _, also := range v.also {
		f.Related = append(f.Related, report.Here(also.plain.Expr, done(also.plain)+" here, too"))
	}
	return f
}

// atomicCall returns the call of sync/atomic in the source.
func (j *judge) atomicCall(v verdict) *ast.CallExpr {
	return j.evidence.CallExpr(v.atomic.Instr.(ssa.CallInstruction))
}

func done(e interface{ Writes() bool }) string {
	if e.Writes() {
		return "written"
	}
	return "read"
}

func does(e interface{ Writes() bool }) string {
	if e.Writes() {
		return "changes"
	}
	return "reads"
}
