package deferloop

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// lockedAgain judges a deferred Unlock. If the iterations take one lock, the
// second waits for ever for the first to give it back. If each takes a lock
// of its own and changes something under it, all of them are held until the
// function returns. A loop that only takes locks is there to hold them all,
// and one that only looks around may want to see all at one moment.
func (s *site) lockedAgain(r release) (report.Finding, bool) {
	taken := s.lockOf(r)
	if taken == nil {
		return report.Finding{}, false
	}
	lock := edit.Print(s.fset, r.of)
	finding := report.Finding{Related: []analysis.RelatedInformation{report.Here(taken, "locked here")}}
	switch {
	case s.varies(r.of):
		finding.Message = fmt.Sprintf("%s of every iteration stays locked until %s returns: the deferred %s runs only then", lock, s.function, edit.Print(s.fset, r.at))
		return finding, s.changesAfter(r.of)
	case r.kind == sharedLock:
		finding.Message = fmt.Sprintf("%s is read-locked again in the next iteration while the deferred RUnlock waits for %s to return: deadlock as soon as a writer waits", lock, s.function)
	default:
		finding.Message = fmt.Sprintf("%s is locked again in the next iteration while the deferred Unlock waits for %s to return: deadlock", lock, s.function)
	}
	return finding, true
}

// lockOf returns the call that takes the lock which the deferred call gives
// back, on a path of the loop from one round of the statement to the next
// that doesn't give the lock back before.
func (s *site) lockOf(r release) ast.Node {
	want := model.Acquire
	if r.kind == sharedLock {
		want = model.AcquireShared
	}
	lock := types.ExprString(r.of)
	var found ast.Node
	s.graph.Search(s.step, func(step program.Step) bool {
		goOn := found == nil && within(s.loop, step.Node)
		step.Inspect(func(n ast.Node) bool {
			switch op := s.lockOperation(n, lock); {
			case !goOn || step.Node == ast.Node(s.stmt):
			case op == want:
				found, goOn = n, false
			case op == model.Release || op == model.ReleaseShared:
				goOn = false
			}
			return true
		})
		return goOn
	})
	return found
}

// lockOperation returns what a node does to the lock that is spelt so.
func (s *site) lockOperation(n ast.Node, lock string) model.LockOp {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return model.NoLockOp
	}
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || types.ExprString(fun.X) != lock {
		return model.NoLockOp
	}
	fn, _ := typeutil.Callee(s.info, call).(*types.Func)
	return model.LockOperation(fn)
}

// worksAfter reports whether the iteration does anything behind the defer
// statement.
func (s *site) worksAfter() bool {
	works := false
	s.graph.Search(s.step, func(step program.Step) bool {
		inside := step.Node != ast.Node(s.loop) && within(s.body(), step.Node)
		works = works || inside
		return inside && !works
	})
	return works
}

// changesAfter reports whether the iteration, behind the defer statement, sets
// something of what the lock belongs to, or calls a function with it.
func (s *site) changesAfter(lock ast.Expr) bool {
	owner := s.root(lock)
	changes := false
	s.graph.Search(s.step, func(step program.Step) bool {
		if step.Node == ast.Node(s.loop) || !within(s.body(), step.Node) {
			return false
		}
		for _, set := range match.Assignments(step.Node) {
			_, isVariable := ast.Unparen(set.Left).(*ast.Ident)
			changes = changes || !isVariable && s.root(set.Left) == owner
		}
		step.Inspect(func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && step.Node != ast.Node(s.stmt) {
				changes = changes || match.Mentions(s.info, call, owner)
			}
			return true
		})
		return !changes
	})
	return changes
}

// slotTaken judges a deferred receive from a channel that the iteration sent
// on before: a semaphore of which each round keeps a place. Once they are all
// taken, the loop waits for itself, unless that is all it is there for.
func (s *site) slotTaken(r release) (report.Finding, bool) {
	channel := types.ExprString(r.of)
	var sent ast.Node
	s.inIteration(func(n ast.Node) {
		if send, ok := n.(*ast.SendStmt); ok && send.Pos() < s.stmt.Pos() && types.ExprString(send.Chan) == channel {
			sent = send
		}
	})
	if sent == nil || s.varies(r.of) || !s.worksAfter() {
		return report.Finding{}, false
	}
	return report.Finding{
		Message: fmt.Sprintf("every iteration keeps its place in %s until %s returns: once all are taken, the send waits for ever", channel, s.function),
		Related: []analysis.RelatedInformation{report.Here(sent, "place taken here")},
	}, true
}

// recoversLate reports a deferred recover that is meant for one iteration.
func (s *site) recoversLate(r release) report.Finding {
	return report.Finding{
		Message: fmt.Sprintf("a panic in one iteration ends the loop: the deferred recover runs when %s returns, not per iteration", s.function),
		Related: []analysis.RelatedInformation{report.Here(r.at, "recovered here")},
	}
}

// neverRuns reports a call deferred by a loop that has no way out.
func (s *site) neverRuns() report.Finding {
	return report.Finding{
		Range:   report.Word(s.stmt, "defer"),
		Message: fmt.Sprintf("the deferred call never runs, and one more is kept per iteration: %s never returns from the loop", s.function),
		Related: []analysis.RelatedInformation{report.Here(report.Word(s.loop, "for"), "endless loop")},
	}
}
