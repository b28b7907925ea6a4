package lockorder

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// findings words the circles of the lock graph.
func (g *graph) findings() []report.Finding {
	var list []report.Finding
	for _, c := range g.circles() {
		f := report.Finding{
			Range: g.callRange(c.first.at),
			Message: fmt.Sprintf("%s while %s is held, and %s at %s while %s is held: a deadlock",
				g.taking(c.first), c.first.held.Place, c.second.taken.Lock, verdicts.Place(g.pass, c.second.at.Pos()), c.second.held.Place),
		}
		f.Related = append(g.steps(c.first), g.steps(c.second)...)
		list = append(list, f)
	}
	return list
}

// taking says what the call of an edge does.
func (g *graph) taking(e edge) string {
	if len(e.taken.Calls) == 1 && e.taken.Via == "" {
		return fmt.Sprintf("%s is locked here", e.taken.Lock)
	}
	return fmt.Sprintf("%s locks %s", g.spelled(e.at), e.taken.Lock)
}

// steps are the places at which a goroutine on one side of the circle takes
// the two locks.
func (g *graph) steps(e edge) []analysis.RelatedInformation {
	var list []analysis.RelatedInformation
	if since := g.lockedBefore(e); since != nil {
		list = append(list, report.Here(g.callRange(since), fmt.Sprintf("%s locked here", e.held.Place)))
	}
	for i, call := range e.taken.Calls {
		label := "calls " + g.spelled(call) + " here"
		if i == len(e.taken.Calls)-1 {
			label = fmt.Sprintf("then %s locked here", e.taken.Lock)
			if via := e.taken.Via; via != "" {
				label = "calls " + strings.ReplaceAll(via, ",", ", which calls ") + ", which locks " + e.taken.Lock.String()
			}
		}
		list = append(list, report.Here(g.callRange(call), label))
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

func (g *graph) spelled(call ssa.CallInstruction) string {
	if expr := g.evidence.CallExpr(call); expr != nil {
		if text := edit.Print(g.pass.Fset, expr.Fun); len(text) < 40 {
			return text
		}
	}
	if fn := sharing.CalleeObject(call.Common()); fn != nil {
		return fn.Name()
	}
	return "the call"
}

func (g *graph) callRange(call ssa.CallInstruction) analysis.Range {
	if expr := g.evidence.CallExpr(call); expr != nil {
		return expr
	}
	return report.Span{From: call.Pos(), To: call.Pos() + 1}
}
