package chanleak

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// unanswered finds paths that leave a request without the answer which others
// give it, and for which whoever asked waits without an alternative:
//
//	for r := range requests {
//		if cached(r.key) {
//			continue // reported
//		}
//		r.reply <- load(r.key)
//	}
func unanswered(pass *analysis.Pass, r *roads) []report.Finding {
	asked := r.asked()
	if len(asked) == 0 {
		return nil
	}
	var found []report.Finding
	for _, fn := range r.evidence.Functions() {
		for _, a := range r.owedIn(fn, asked) {
			if asked[a.field].Parent() == fn || a.compares(fn) || a.received == nil && a.answeredAbove(fn, maxAbove) {
				continue
			}
			start := paths.Owed
			if a.received != nil {
				start = paths.Free
			}
			d := &paths.Duty{Effect: a.effect}
			d.Follow(r.evidence, fn, start)
			for _, exit := range d.Skipped() {
				if !a.byKind(exit) {
					found = append(found, a.finding(pass, fn, asked[a.field], exit))
				}
			}
		}
	}
	return found
}

// asked returns the fields that hold the channel of a request, with the
// receive that waits for the answer: the function that makes the channel waits
// itself, and for nothing else.
func (r *roads) asked() map[*types.Var]ssa.Instruction {
	asked := make(map[*types.Var]ssa.Instruction)
	for class, t := range r.known {
		field, ok := class.(*types.Var)
		if !ok {
			continue
		}
		for _, made := range t.made {
			for _, receive := range t.receives {
				if _, plain := receive.(*ssa.UnOp); plain && receive.Parent() == made.Parent() && asked[field] == nil {
					asked[field] = receive
				}
			}
		}
	}
	return asked
}

// compares reports whether the function asks if there is a channel to answer
// on.
func (a *answer) compares(fn *ssa.Function) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if compared, ok := instr.(*ssa.BinOp); ok {
			found = found || a.carries(compared.X) || a.carries(compared.Y)
		}
	})
	return found
}

// maxAbove is how far above a function its callers are asked.
const maxAbove = 3

// answeredAbove reports whether a function that the request comes from answers
// it, too, once the call has returned:
//
//	if err := s.serve(&r); err != nil {
//		r.reply <- failure(err)
//	}
func (a *answer) answeredAbove(fn *ssa.Function, depth int) bool {
	if depth == 0 {
		return false
	}
	for _, call := range a.evidence.CallSites(fn) {
		if a.answersBehind(call) || a.answeredAbove(call.Parent(), depth-1) {
			return true
		}
	}
	return false
}

func (a *answer) answersBehind(call ssa.CallInstruction) bool {
	found := false
	sharing.Instructions(call.Parent(), func(instr ssa.Instruction) {
		send, ok := instr.(*ssa.Send)
		found = found || ok && a.evidence.PlaceOf(send.Chan).Field == a.field && sharing.Reaches(call, send)
	})
	return found
}

// byKind reports whether the way out was chosen by what stands in the request
// itself: there may be requests that want no answer.
func (a *answer) byKind(exit paths.Exit) bool {
	last := ssa.Instruction(exit.Return)
	if exit.Return == nil {
		last = exit.Turned.Instrs[len(exit.Turned.Instrs)-1]
	}
	for _, f := range program.Decided(last) {
		cond := f.Cond
		if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
			cond = not.X
		}
		if compared, ok := cond.(*ssa.BinOp); ok {
			cond = compared.X
			if _, isConst := compared.Y.(*ssa.Const); !isConst {
				continue
			}
		}
		if a.evidence.PlaceOf(cond).Within(a.request) {
			return true
		}
	}
	return false
}

func (a *answer) finding(pass *analysis.Pass, fn *ssa.Function, waits ssa.Instruction, exit paths.Exit) report.Finding {
	behind := fn.Pos()
	if exit.Since != nil {
		behind = exit.Since.Pos()
	}
	at, words := exit.Syntax(fn, behind)
	if at == nil {
		at = report.Span{From: behind, To: behind + 1}
	}
	return report.Finding{
		Range:   at,
		Subject: exit,
		Low:     match.InTestFile(pass.Fset, at.Pos()),
		Message: fmt.Sprintf("%s leaves the %s unanswered: who asked waits for %s at %s for ever",
			words, typeName(a.request), a.field.Name(), report.FileLine(pass.Fset, waits.Pos())),
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: waits.Pos(), To: waits.Pos()}, "waits here for the answer")},
	}
}

// typeName names what a request is.
func typeName(request *sharing.Place) string {
	t := request.Root.Type()
	if variable, ok := request.Root.(*ssa.Alloc); ok {
		t = variable.Type().Underlying().(*types.Pointer).Elem()
	}
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return "request"
}
