package verdicts

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/explore"
)

// owners says which check reports a kind of finding. Kinds that aren't
// listed have no owner.
var owners = map[explore.Kind]string{
	explore.KindRace:        "datarace",
	explore.KindMapRace:     "mapguard",
	explore.KindSyncRace:    "closemisuse",
	explore.KindRelock:      "relock",
	explore.KindOnce:        "relock",
	explore.KindLockOrder:   "lockorder",
	explore.KindLockBlock:   "lockblocked",
	explore.KindSend:        "chanleak",
	explore.KindReceive:     "chanleak",
	explore.KindSelect:      "chanleak",
	explore.KindEndless:     "chanleak",
	explore.KindNeverClose:  "neverclosed",
	explore.KindWaitGroup:   "waitmisuse",
	explore.KindNegative:    "waitmisuse",
	explore.KindCond:        "condmisuse",
	explore.KindSendClosed:  "closemisuse",
	explore.KindDoubleClose: "closemisuse",
	explore.KindCloseNil:    "closemisuse",
}

// settle corrects the owners that depend on more than the kind, and drops
// what others report: consequences of another mistake, and loop variables.
func settle(pass *analysis.Pass, verdicts []*Verdict) []*Verdict {
	late := make(map[token.Pos]bool) // goroutines that Wait may miss
	for _, v := range verdicts {
		if v.Kind == explore.KindSyncRace && !v.onChannel(pass) {
			v.Check = "waitmisuse"
			for _, op := range v.Ops {
				late[op.Spawn] = op.Spawn.IsValid()
			}
		}
	}
	var kept []*Verdict
	for _, v := range verdicts {
		if v.Check == "datarace" && (late[v.Ops[0].Spawn] || late[v.Ops[1].Spawn] || v.ofLoop(pass)) {
			continue
		}
		kept = append(kept, v)
	}
	return kept
}

// onChannel reports whether one of the operations is on a channel.
func (v *Verdict) onChannel(pass *analysis.Pass) bool {
	for _, op := range v.Ops {
		if op.Expr == nil {
			continue
		}
		if t := pass.TypesInfo.TypeOf(op.Expr); t != nil {
			if _, ok := t.Underlying().(*types.Chan); ok {
				return true
			}
		}
	}
	return false
}

// ofLoop reports whether a race is on a variable that the iterations of a
// loop share, which is loopcapture's: a goroutine's function literal in a
// loop uses it, and the loop sets it for the next iteration.
//
//	for i = range n {
//		go func() { use(i) }()
//	}
func (v *Verdict) ofLoop(pass *analysis.Pass) bool {
	variable, ok := v.Ops[0].Object.(*types.Var)
	if !ok || variable.IsField() || variable.Parent() == pass.Pkg.Scope() {
		return false
	}
	a, b := Function(pass, v.Ops[0].Pos), Function(pass, v.Ops[1].Pos)
	if a == b {
		return false
	}
	return loopSets(pass, a, b, v.Ops[0]) || loopSets(pass, b, a, v.Ops[1])
}

// loopSets reports whether op, in function outer, sets a variable within a
// loop of that function that also holds the literal inner.
func loopSets(pass *analysis.Pass, outer, inner ast.Node, op Op) bool {
	lit, ok := inner.(*ast.FuncLit)
	if !ok || outer == nil || op.What != "write" || !encloses(outer, lit.Pos()) {
		return false
	}
	found := false
	ast.Inspect(outer, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			declared := encloses(n, op.Object.Pos())
			found = found || encloses(n, lit.Pos()) && encloses(n, op.Pos) && (!declared || inHead(n, op.Object.Pos()))
		}
		return !found
	})
	return found
}

// inHead reports whether a position lies in the head of a loop.
func inHead(loop ast.Node, pos token.Pos) bool {
	switch loop := loop.(type) {
	case *ast.ForStmt:
		return pos < loop.Body.Pos()
	case *ast.RangeStmt:
		return pos < loop.Body.Pos()
	}
	return false
}

func encloses(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }
