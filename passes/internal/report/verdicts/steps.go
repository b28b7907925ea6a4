package verdicts

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/schedule"
)

// maxSteps is how many steps a schedule has at most.
const maxSteps = 8

// number numbers the goroutines of a finding as a reader meets them: g0 is
// where exploration started, the others follow in the order of their start.
func number(f *explore.Finding) []int {
	numbers := make([]int, len(f.Goroutines))
	next := 1
	for i := range numbers {
		numbers[i] = -1
		if len(f.Goroutines[i].Spawn) == 0 && !f.Goroutines[i].Client {
			numbers[i] = 0
		}
	}
	give := func(i int) {
		if i >= 0 && numbers[i] < 0 {
			numbers[i] = next
			next++
		}
	}
	for _, s := range f.Steps {
		if s.What == "go" {
			give(s.Other)
		}
	}
	for i := range numbers {
		give(i)
	}
	return numbers
}

// schedule picks the steps that matter: the starts of the goroutines that
// take part, the locks that they hold where that is the mistake, what was
// done before with the thing that blocks, why the goroutine that is waited
// for doesn't come, and at last the operations to blame.
func (s *speller) schedule(f *explore.Finding, v *Verdict, numbers []int) []analysis.RelatedInformation {
	keep := make([]bool, len(f.Steps))
	involved := make(map[int]bool)
	for _, op := range f.Ops {
		if op.Goroutine >= 0 {
			involved[op.Goroutine] = true
		}
	}
	if isBlocked(f) {
		keepMeetings(f, keep, involved)
		keepLast(f, keep, involved)
	} else if f.Kind != explore.KindRace && f.Kind != explore.KindMapRace {
		keepLocks(f, keep)
	}
	keepStarts(f, keep, involved)

	var steps []analysis.RelatedInformation
	for i, step := range f.Steps {
		if !keep[i] || step.What == "announce" { // half an operation
			continue
		}
		other := -1
		if step.Other >= 0 {
			other = numbers[step.Other]
		}
		steps = append(steps, s.step(step, numbers[step.Goroutine], other))
	}
	room := max(maxSteps-len(v.Ops), 2)
	if len(steps) > room {
		steps = slices.Delete(steps, 0, len(steps)-room)
	}
	return append(steps, s.final(f, v)...)
}

func isBlocked(f *explore.Finding) bool {
	switch f.Kind {
	case explore.KindSend, explore.KindReceive, explore.KindSelect, explore.KindEndless, explore.KindNeverClose, explore.KindWaitGroup, explore.KindCond:
		return true
	}
	return false
}

// keepMeetings keeps the last operations on what the blocked goroutine waits
// for.
func keepMeetings(f *explore.Finding, keep []bool, involved map[int]bool) {
	left := 3
	for i := len(f.Steps) - 1; i >= 0 && left > 0; i-- {
		if f.Ops[0].On(&f.Steps[i]) {
			keep[i] = true
			involved[f.Steps[i].Goroutine] = true
			left--
		}
	}
}

// keepLast keeps the last step of the goroutine that started the blocked
// one: there it went another way.
func keepLast(f *explore.Finding, keep []bool, involved map[int]bool) {
	if i := lastOfParent(f); i >= 0 {
		keep[i] = keep[i] || f.Steps[i].What != "go"
		involved[f.Steps[i].Goroutine] = true
	}
}

// lastOfParent returns the index of the last step of the goroutine that
// started the blocked one, or -1.
func lastOfParent(f *explore.Finding) int {
	g := f.Ops[0].Goroutine
	if g < 0 || f.Goroutines[g].Parent < 0 {
		return -1
	}
	for i := len(f.Steps) - 1; i >= 0; i-- {
		if f.Steps[i].Goroutine == f.Goroutines[g].Parent {
			return i
		}
	}
	return -1
}

// history reports whether another goroutine has worked on what the first
// operation waits for, and the position at which the goroutine that started
// the blocked one did something else at last.
func history(f *explore.Finding) (met bool, left token.Pos) {
	op := &f.Ops[0]
	for i := range f.Steps {
		step := &f.Steps[i]
		met = met || op.On(step) && (step.Goroutine != op.Goroutine || step.Other >= 0)
	}
	i := lastOfParent(f)
	if !isBlocked(f) || i < 0 || op.On(&f.Steps[i]) {
		return met, token.NoPos
	}
	for _, other := range f.Ops {
		if other.Goroutine == f.Steps[i].Goroutine {
			return met, token.NoPos // it waits too
		}
	}
	switch f.Steps[i].What {
	case "receive", "send", "take the default", "return":
		left = f.Steps[i].Pos
	}
	return met, left
}

// keepLocks keeps, for each lock that an operation holds, where it was taken.
func keepLocks(f *explore.Finding, keep []bool) {
	for _, op := range f.Ops {
		for _, lock := range op.Locks {
			for i := len(f.Steps) - 1; i >= 0; i-- {
				step := &f.Steps[i]
				if step.Goroutine == op.Goroutine && step.Pos == lock.Pos && step.Object.Is(lock.Object) {
					keep[i] = true
					break
				}
			}
		}
	}
}

// keepStarts keeps the starts of the goroutines that take part and of their
// ancestors.
func keepStarts(f *explore.Finding, keep []bool, involved map[int]bool) {
	for g := range f.Goroutines {
		if !involved[g] {
			continue
		}
		for p := f.Goroutines[g].Parent; p >= 0 && !involved[p]; p = f.Goroutines[p].Parent {
			involved[p] = true
		}
	}
	for i, step := range f.Steps {
		switch step.What {
		case "go":
			keep[i] = keep[i] || step.Other >= 0 && involved[step.Other]
		case explore.WhatCall, explore.WhatServe:
			keep[i] = keep[i] || involved[step.Goroutine]
		}
	}
}

func (s *speller) step(step explore.Step, goroutine, other int) analysis.RelatedInformation {
	m := s.mention(step.Pos)
	encoded := schedule.Step{Goroutine: goroutine, Action: step.What, Object: m.Name, Other: other}
	if step.What == "go" || step.What == explore.WhatServe {
		encoded.Object = ""
	}
	return report.Here(m.Range, encoded.Encode())
}

// final returns the steps of the operations to blame.
func (s *speller) final(f *explore.Finding, v *Verdict) []analysis.RelatedInformation {
	var steps []analysis.RelatedInformation
	for i := range v.Ops {
		op := &v.Ops[len(v.Ops)-1-i]
		if isRace(f) {
			op = &v.Ops[i] // in the order of time
		}
		if op.Goroutine < 0 || len(steps) == maxSteps {
			continue
		}
		action := op.What
		if f.Kind == explore.KindSyncRace {
			action = verb(op.Node)
		}
		if isBlocked(f) || !isRace(f) && op.What != string(f.Kind) {
			action = "blocked: " + action
		}
		steps = append(steps, report.Here(op.Range, schedule.Step{
			Goroutine: op.Goroutine, Action: action, Object: op.Name, Other: -1, Locks: op.Locks,
		}.Encode()))
	}
	return steps
}

// verb names an operation on a channel or WaitGroup by its syntax.
func verb(n ast.Node) string {
	switch n := n.(type) {
	case *ast.SendStmt:
		return "send"
	case *ast.DeferStmt:
		return verb(n.Call)
	case *ast.CallExpr:
		switch fun := ast.Unparen(n.Fun).(type) {
		case *ast.Ident:
			return fun.Name
		case *ast.SelectorExpr:
			return strings.ToLower(fun.Sel.Name)
		}
	}
	return "use"
}

func isRace(f *explore.Finding) bool {
	switch f.Kind {
	case explore.KindRace, explore.KindMapRace, explore.KindSyncRace:
		return true
	}
	return false
}
