package chanleak

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// impatient finds answers that are sent without an alternative, on an
// unbuffered channel of the request, though whoever asked may have gone:
//
//	q := &query{key, make(chan int)}
//	queue <- q
//	select {
//	case v := <-q.reply:
//		return v, nil
//	case <-ctx.Done():
//		return 0, ctx.Err()
//	}
//
//	q.reply <- load(q.key) // reported: elsewhere
//
// Where the wait stands in another function, see askedonce.go.
func impatient(pass *analysis.Pass, r *roads) []report.Finding {
	var found []report.Finding
	for class, t := range r.known {
		field, ok := class.(*types.Var)
		if !ok || t.escapes || !closed(class, pass.Pkg) || len(t.made) == 0 || slices.ContainsFunc(t.made, hasRoom) {
			continue
		}
		for _, receive := range t.receives {
			choice, ok := receive.(*ssa.Select)
			if !ok {
				continue
			}
			send := t.sentOutside(choice.Parent())
			ret := r.leaves(choice, class)
			if send == nil || ret == nil {
				continue
			}
			if t.madeIn(choice.Parent()) || !r.comesBack(t, class) && r.answersOnce(send) {
				found = append(found, impatientFinding(pass, field, t, send, ret))
				break
			}
		}
	}
	slices.SortFunc(found, func(a, b report.Finding) int { return int(a.Range.Pos() - b.Range.Pos()) })
	return found
}

func (t *traffic) madeIn(fn *ssa.Function) bool {
	return slices.ContainsFunc(t.made, func(made *ssa.MakeChan) bool { return made.Parent() == fn })
}

// sentOutside returns a send, in another function than who asks, that has no
// alternative.
func (t *traffic) sentOutside(asks *ssa.Function) *ssa.Send {
	for _, instr := range t.sends {
		if send, ok := instr.(*ssa.Send); ok && send.Parent() != asks && send.Parent().Parent() != asks {
			return send
		}
	}
	return nil
}

// leaves returns a return behind a case of a select that comes from outside,
// by a path on which nothing more is received from the channel.
func (r *roads) leaves(choice *ssa.Select, class any) *ssa.Return {
	for i, state := range choice.States {
		if state.Dir != types.RecvOnly || r.class(state.Chan) == class || !fromOutside(state.Chan) {
			continue
		}
		if ret := r.leavesBy(choice, i, func(instr ssa.Instruction) bool { return r.receives(instr, class) }); ret != nil {
			return ret
		}
	}
	return nil
}

// leavesBy returns a return behind a case of a select, by a path on which
// nothing settles what is left.
func (r *roads) leavesBy(choice *ssa.Select, number int, settles func(ssa.Instruction) bool) *ssa.Return {
	d := &paths.Duty{Effect: func(instr ssa.Instruction, now paths.Standing) paths.Effect {
		switch {
		case instr == ssa.Instruction(choice):
			return paths.Effect{Does: paths.Tries, Case: number}
		case now == paths.Owed && settles(instr):
			return paths.Effect{Does: paths.Meets}
		}
		return paths.Effect{}
	}}
	d.Follow(r.evidence, choice.Parent(), paths.Free)
	for _, end := range d.Ends {
		if end.Standing == paths.Owed {
			return end.Return
		}
	}
	return nil
}

// receives reports whether an instruction receives from the channel, or starts
// or defers something that may.
func (r *roads) receives(instr ssa.Instruction, class any) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW && r.class(instr.X) == class
	case *ssa.Select:
		return slices.ContainsFunc(instr.States, func(s *ssa.SelectState) bool { return s.Dir == types.RecvOnly && r.class(s.Chan) == class })
	case *ssa.MakeClosure:
		return slices.ContainsFunc(r.of(class).receives, func(receive ssa.Instruction) bool { return receive.Parent() == instr.Fn })
	}
	return false
}

func impatientFinding(pass *analysis.Pass, field *types.Var, t *traffic, send *ssa.Send, ret *ssa.Return) report.Finding {
	rng, channel := sendSyntax(send)
	left := report.Span{From: ret.Pos(), To: ret.Pos() + token.Pos(len("return"))}
	return report.Finding{
		Range:   rng,
		Subject: field,
		Low:     match.InTestFile(pass.Fset, rng.Pos()),
		Message: fmt.Sprintf("%s is unbuffered, and who asked may have left at %s: this send then waits for ever",
			edit.Print(pass.Fset, channel), report.FileLine(pass.Fset, ret.Pos())),
		Related: []analysis.RelatedInformation{
			report.Here(report.Span{From: t.made[0].Pos(), To: t.made[0].Pos()}, "made here: with room for one value nobody would wait"),
			report.Here(left, "left here"),
		},
	}
}
