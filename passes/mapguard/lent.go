package mapguard

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A getter that takes the lock guards nothing if what it returns is the map
// itself:
//
//	func (c *counter) Values() map[string]int {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return c.values
//	}
//
// Whoever uses what it got has no way to lock. The return is to blame.

// lentBy returns the return statement of such a getter, if the map comes from
// one, or nil.
func (j *judge) lentBy(e sharing.Effect) *ssa.Return {
	call, ok := e.Value().(*ssa.Call)
	if !ok {
		return nil
	}
	getter, _ := j.evidence.Callee(&call.Call)
	if getter == nil || len(j.evidence.LocksIn(getter)) == 0 {
		return nil
	}
	var found *ssa.Return
	sharing.Instructions(getter, func(instr ssa.Instruction) {
		ret, ok := instr.(*ssa.Return)
		if !ok || !ret.Pos().IsValid() {
			return
		}
		if c, ok := program.Returned(ret, 0).(*ssa.Const); !ok || !c.IsNil() {
			found = ret
		}
	})
	return found
}

// lentSpan is the word return.
func lentSpan(ret *ssa.Return) report.Span {
	return report.Span{From: ret.Pos(), To: ret.Pos() + token.Pos(len("return"))}
}
