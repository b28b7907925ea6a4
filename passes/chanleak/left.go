package chanleak

import (
	"go/ast"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// leavings are goroutines that functions leave behind.
type leavings struct {
	pass     *analysis.Pass
	prog     *program.Program
	evidence func() *sharing.Evidence // made at the first need
	found    []report.Finding
}

// leftBehind finds goroutines that functions leave behind, without a
// schedule.
func leftBehind(pass *analysis.Pass) []report.Finding {
	prog := pass.ResultOf[program.Analyzer].(*program.Program)
	evidence := func() *sharing.Evidence { return sharing.Collect(pass, prog) }
	l := &leavings{pass: pass, prog: prog, evidence: sync.OnceValue(evidence)}
	l.senders()
	l.pipes()
	return l.found
}

// senders finds senders that are left behind where exploration
// doesn't come, in packages too large for it above all:
//
//	result := make(chan T)
//	go func() { result <- f() }()
//	select {
//	case r := <-result:
//	case <-ctx.Done():
//		return // reported: the send
//	}
//
// The channel must be known to the function and its goroutines alone, see
// [meeting], or be returned to it by a function that starts these, see
// findStreams. Paths are those of the function's control-flow graph, from the
// start of the goroutine, or from a receive if there are more sends to come,
// to a return by way of no receive.
func (l *leavings) senders() {
	if !makesForGoroutines(l.pass) {
		return
	}
	for _, fn := range l.prog.Functions() {
		if l.endsProcess(fn) {
			continue
		}
		var meetings []*meeting
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			switch instr := instr.(type) {
			case *ssa.MakeChan:
				if m := findMeeting(instr); m != nil {
					l.judge(m)
					l.owing(m)
					meetings = append(meetings, m)
				}
			case *ssa.Call:
				for _, m := range findStreams(instr) {
					l.judge(m)
				}
			}
		})
		l.owingEither(meetings)
	}
}

// makesForGoroutines reports whether the package makes a channel and starts
// goroutines: others need no SSA.
func makesForGoroutines(pass *analysis.Pass) bool {
	makes, starts := false, false
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				starts = true
			case *ast.CallExpr:
				makes = makes || match.Builtin(pass.TypesInfo, n) == "make" && match.IsChan(pass.TypesInfo.TypeOf(n))
			}
			return !makes || !starts
		})
	}
	return makes && starts
}

// endsProcess reports whether the function's return ends the process, and
// all goroutines with it.
func (l *leavings) endsProcess(fn *ssa.Function) bool {
	if l.pass.Pkg.Name() != "main" {
		return false
	}
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn.Signature.Recv() == nil && (fn.Name() == "main" || l.onlyFromMain(fn))
}

// onlyFromMain reports whether main alone calls the function.
func (l *leavings) onlyFromMain(fn *ssa.Function) bool {
	called := false
	for _, caller := range l.prog.Functions() {
		foreign := false
		sharing.Instructions(caller, func(instr ssa.Instruction) {
			if call, ok := instr.(ssa.CallInstruction); ok && call.Common().StaticCallee() == fn {
				called = true
				foreign = foreign || caller.Name() != "main"
			}
		})
		if foreign {
			return false
		}
	}
	return called
}

func (l *leavings) judge(m *meeting) {
	for _, s := range m.sends {
		if m.fits(s) || doubtful(s.send) || m.mayStop(s) {
			continue
		}
		if ret := l.left(m, s); ret != nil {
			l.found = append(l.found, l.finding(m, s, ret))
			return // one channel is one mistake
		}
	}
}

// left returns a return by which the function leaves the sender behind.
func (l *leavings) left(m *meeting, s sending) *ssa.Return {
	if _, isCall := s.spawn.(*ssa.Call); isCall && m.receives[s.spawn] && !s.crowd {
		return nil // who starts the goroutine also receives, see the meeting of its parameter
	}
	if !s.many {
		return l.search(m, s, s.spawn, program.Decided(s.spawn))
	}
	for _, instr := range m.inOrder() {
		if ret := l.early(m, s, instr); ret != nil {
			return ret
		}
	}
	return nil
}

// inOrder lists what receives.
func (m *meeting) inOrder() []ssa.Instruction {
	var list []ssa.Instruction
	sharing.Instructions(m.owner, func(instr ssa.Instruction) {
		if m.receives[instr] {
			list = append(list, instr)
		}
	})
	return list
}

// search returns a return that is reached from behind an instruction without
// a receive.
func (l *leavings) search(m *meeting, s sending, from ssa.Instruction, known []program.Fact) *ssa.Return {
	var found *ssa.Return
	w := l.walk(m, s, nil)
	w.Known = known
	edge := w.Edge
	w.Edge = func(from *ssa.BasicBlock, succ int) bool { return !m.skipsLoop(from, succ) && edge(from, succ) }
	visit := w.Visit
	w.Visit = func(instr ssa.Instruction) bool {
		if ret, ok := instr.(*ssa.Return); ok && found == nil {
			found = ret
		}
		return found == nil && visit(instr)
	}
	w.Behind(from)
	return found
}

// skipsLoop reports whether an edge leads around a loop that receives: whoever
// counts receives does so at least once. A loop is tested at its head or, where
// it ranges over an integer, before it and at its end.
func (m *meeting) skipsLoop(from *ssa.BasicBlock, succ int) bool {
	if len(from.Succs) != 2 || program.BlockLeads(from.Succs[succ], from) {
		return false
	}
	body := from.Succs[1-succ]
	return m.receivesBehind(from) || !program.BlockLeads(body, from) && program.CountsOn(from) && m.receivesIn(body)
}

// receivesBehind reports whether a block is the head of a loop that receives in
// another block.
func (m *meeting) receivesBehind(head *ssa.BasicBlock) bool {
	loop := program.LoopAt(head)
	for receive := range m.receives {
		if block := receive.Block(); loop != nil && block != head && loop.Holds(block) {
			return true
		}
	}
	return false
}

// receivesIn is the same with the head's own receives.
func (m *meeting) receivesIn(head *ssa.BasicBlock) bool {
	for receive := range m.receives {
		if receive.Block() == head && slices.ContainsFunc(head.Preds, head.Dominates) {
			return true
		}
	}
	return m.receivesBehind(head)
}

// walk prepares a search for a way around the receives. Where a select
// receives, its other cases are ways around, except those that the same
// goroutine serves as well: it may then not come to this send.
func (l *leavings) walk(m *meeting, s sending, also func(ssa.Instruction) bool) *program.Walk {
	return &program.Walk{
		Visit: func(instr ssa.Instruction) bool {
			_, isSelect := instr.(*ssa.Select)
			switch {
			case also != nil && !also(instr), l.ends(instr), instr == ssa.Instruction(m.made), m.site != nil && instr == ssa.Instruction(m.site):
				return false
			case m.receives[instr] && !isSelect:
				return false
			}
			return true
		},
		Edge: func(from *ssa.BasicBlock, succ int) bool { return !m.served(from, succ, s) },
	}
}
