package checkthenact

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// finding words a verdict. It blames the action.
func (j *judge) finding(v verdict) report.Finding {
	at, before := j.span(v.act.instr), j.span(v.check.instr)
	where := report.FileLine(j.pass.Fset, before.Pos())
	name := v.act.place.String()
	f := report.Finding{
		Range:   at,
		Related: []analysis.RelatedInformation{report.Here(before, "checked here")},
		Fixes:   j.fix(v),
		Low:     v.low,
	}
	switch {
	case v.reason == depends:
		f.Message = fmt.Sprintf("%s is stored here from what was loaded at %s: what others stored in between is lost", name, where)
	case v.reason == room:
		f.Message = fmt.Sprintf("%s is added to here after the check at %s, but its lock was released in between: two goroutines can take the last place", name, where)
	case v.reason == claims && v.act.kind == guarded:
		f.Message = fmt.Sprintf("%s is set here after the check at %s, but its lock was released in between: two goroutines can pass it together", name, where)
	case v.reason == claims:
		f.Message = fmt.Sprintf("%s is set here after the check at %s, which two goroutines can pass together", name, where)
	case v.act.kind == guarded:
		f.Message = fmt.Sprintf("%s is set here after the check at %s, but its lock was released in between: two goroutines can each set their own", name, where)
	default:
		f.Message = fmt.Sprintf("%s is stored here after the load at %s: two goroutines can each store their own and go on with it", name, where)
	}
	return f
}

// span returns the syntax of an instruction: the call, or the position.
func (j *judge) span(instr ssa.Instruction) analysis.Range {
	if call, ok := instr.(ssa.CallInstruction); ok {
		if expr := j.evidence.CallExpr(call); expr != nil {
			return expr
		}
	}
	return report.Span{From: instr.Pos(), To: instr.Pos()}
}

// callOf returns the call expression of a step.
func (j *judge) callOf(s step) *ast.CallExpr {
	call, ok := s.instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	return j.evidence.CallExpr(call)
}

func (j *judge) print(n ast.Node) string { return edit.Print(j.pass.Fset, n) }

func encloses(n ast.Node, pos token.Pos) bool { return n != nil && n.Pos() <= pos && pos < n.End() }
