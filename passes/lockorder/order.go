package lockorder

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// findings words the circles of the lock graph.
func (g *graph) findings() []report.Finding {
	var list []report.Finding
	for _, c := range g.circles() {
		first := c[0]
		message := fmt.Sprintf("%s while %s is held", g.taking(first), first.held.Place)
		f := report.Finding{Low: !g.isSureCircle(c), Range: report.CallRange(g.evidence, first.at), Related: g.steps(first)}
		for _, next := range c[1:] {
			message += fmt.Sprintf(", and %s at %s while %s is held", next.taken.Lock, verdicts.Place(g.pass, next.at.Pos()), next.held.Place)
			f.Related = append(f.Related, g.steps(next)...)
		}
		f.Message = message + ": a deadlock"
		list = append(list, f)
	}
	return list
}

// taking says what the call of an edge does.
func (g *graph) taking(e edge) string {
	if len(e.taken.Calls) == 1 && e.taken.Via == "" {
		return fmt.Sprintf("%s is locked here", e.taken.Lock)
	}
	return fmt.Sprintf("%s locks %s", report.CallName(g.pass, g.evidence, e.at), e.taken.Lock)
}

// steps are the places at which a goroutine on one side of the circle takes
// the two locks.
func (g *graph) steps(e edge) []analysis.RelatedInformation {
	var list []analysis.RelatedInformation
	if since := g.lockedBefore(e); since != nil {
		list = append(list, report.Here(report.CallRange(g.evidence, since), fmt.Sprintf("%s locked here", e.held.Place)))
	}
	for i, call := range e.taken.Calls {
		label := "calls " + report.CallName(g.pass, g.evidence, call) + " here"
		if i == len(e.taken.Calls)-1 {
			label = fmt.Sprintf("then %s locked here", e.taken.Lock)
			if e.taken.Via != "" {
				label = e.taken.Chain() + " locks " + e.taken.Lock.String()
			}
		}
		list = append(list, report.Here(report.CallRange(g.evidence, call), label))
	}
	return list
}

// lockedBefore returns the call by which the function took what it holds.
func (g *graph) lockedBefore(e edge) ssa.CallInstruction {
	var found ssa.CallInstruction
	sharing.Instructions(e.at.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found != nil || !sharing.Reaches(call, e.at) {
			return
		}
		for _, got := range g.acquisitions.At(call) {
			if got.Lock == e.held.Place {
				found = call
			}
		}
	})
	return found
}
