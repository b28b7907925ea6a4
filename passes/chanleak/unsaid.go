package chanleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// unsaid finds goroutines that tell on most paths that they have ended, by a
// last send on a channel of their object or by closing it, and on one path
// don't, while another method waits for that and for nothing else:
//
//	func (w *worker) run() {
//		…
//		if lost {
//			return // reported
//		}
//		…
//		w.done <- err
//	}
//
//	func (w *worker) Wait() error { return <-w.done }
func unsaid(pass *analysis.Pass, r *roads) []report.Finding {
	var found []report.Finding
	seen := make(map[*ssa.Function]bool)
	for _, starter := range r.evidence.Functions() {
		sharing.Instructions(starter, func(instr ssa.Instruction) {
			site, ok := instr.(*ssa.Go)
			if !ok {
				return
			}
			for _, body := range r.evidence.Started(site) {
				if !seen[body] && len(body.Blocks) > 0 {
					seen[body] = true
					found = append(found, r.unsaidBy(pass, body)...)
				}
			}
		})
	}
	return found
}

func (r *roads) unsaidBy(pass *analysis.Pass, body *ssa.Function) []report.Finding {
	var found []report.Finding
	seen := make(map[any]bool)
	sharing.Instructions(body, func(instr ssa.Instruction) {
		class := r.said(instr)
		field, ok := class.(*types.Var)
		if !ok || seen[class] {
			return
		}
		seen[class] = true
		t := r.of(class)
		wait := t.awaited(body)
		if wait == nil || t.escapes || !closed(class, pass.Pkg) || t.saidElsewhere(body) {
			return
		}
		d := &paths.Duty{Effect: func(instr ssa.Instruction, now paths.Standing) paths.Effect { return r.says(class, instr, now) }}
		d.Follow(r.evidence, body, paths.Owed)
		for _, exit := range d.Skipped() {
			found = append(found, saysNothing(pass, body, exit, field.Name(), wait)...)
		}
	})
	return found
}

// saysNothing words a way out of a goroutine's body that passes by what others
// say on a channel.
func saysNothing(pass *analysis.Pass, body *ssa.Function, exit paths.Exit, channel string, wait ssa.Instruction) []report.Finding {
	behind := body.Pos()
	if exit.Since != nil {
		behind = exit.Since.Pos()
	}
	at, words := exit.Syntax(body, behind)
	if at == nil {
		return nil
	}
	return []report.Finding{{
		Range:   at,
		Subject: exit,
		Low:     match.InTestFile(pass.Fset, at.Pos()),
		Message: fmt.Sprintf("%s says nothing on %s, as other paths do: who waits for it at %s waits for ever",
			words, channel, report.FileLine(pass.Fset, wait.Pos())),
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: wait.Pos(), To: wait.Pos()}, "waits here")},
	}}
}

// said returns the class of the channel that an instruction sends on or
// closes, nil if it does neither.
func (r *roads) said(instr ssa.Instruction) any {
	if channel := saidOn(instr); channel != nil {
		return r.class(channel)
	}
	return nil
}

// says is the effect of an instruction on the duty to tell.
func (r *roads) says(class any, instr ssa.Instruction, now paths.Standing) paths.Effect {
	switch instr := instr.(type) {
	case *ssa.Select:
		for _, state := range instr.States {
			if state.Dir == types.SendOnly && r.class(state.Chan) == class && now == paths.Owed {
				return paths.Effect{Does: paths.Meets}
			}
		}
	case *ssa.Call:
		if fn := sharing.CalleeObject(&instr.Call); fn != nil && model.FailsTest(fn) {
			return paths.Effect{Does: paths.Stops}
		}
	}
	if r.said(instr) == class && now == paths.Owed {
		return paths.Effect{Does: paths.Meets}
	}
	return paths.Effect{}
}

// awaited returns a receive, outside of the function and its literals, that has
// no alternative. What a function has sent and a deferred literal of it receives
// is a slot that it takes and gives back.
func (t *traffic) awaited(body *ssa.Function) ssa.Instruction {
	for _, receive := range t.receives {
		if op, ok := receive.(*ssa.UnOp); ok && op.Op == token.ARROW && !op.CommaOk && !isWithin(op.Parent(), body) {
			return receive
		}
	}
	return nil
}

// isWithin reports whether a function is another one, or a literal in it.
func isWithin(fn, around *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == around {
			return true
		}
	}
	return false
}

// saidElsewhere reports whether another function sends on the channel or
// closes it, or this one does so in a loop.
func (t *traffic) saidElsewhere(body *ssa.Function) bool {
	others := func(instr ssa.Instruction) bool { return instr.Parent() != body || inCycle(instr) }
	return slices.ContainsFunc(t.sends, others) || slices.ContainsFunc(t.closes, others)
}
