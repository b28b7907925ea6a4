package checkthenact

import (
	_ "embed"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

//go:embed doc.go
var source string

// Analyzer reports checks whose outcome may not hold any more when it is
// acted upon.
var Analyzer = &analysis.Analyzer{
	Name:     "checkthenact",
	Doc:      doc.Must(source, "checkthenact"),
	URL:      doc.URL("checkthenact"),
	Requires: []*analysis.Analyzer{report.Requires, program.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	if hasSteps(pass) {
		evidence := sharing.Collect(pass, pass.ResultOf[program.Analyzer].(*program.Program))
		j := &judge{pass: pass, evidence: evidence, own: make(map[*ssa.Function][]step)}
		for _, fn := range evidence.Functions() {
			if !j.alone(fn) {
				j.judge(j.steps(fn))
			}
		}
		for _, verdict := range j.verdicts {
			reporter.Add(j.finding(verdict))
		}
	}
	reporter.Flush()
	return nil, nil
}

// hasSteps reports whether the package names anything that makes one step
// safe: a lock, a sync.Map, an atomic store.
func hasSteps(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		if model.LockOperation(fn) != model.NoLockOp || model.AtomicStep(fn) == model.AtomicStore || model.Key(fn) == "(sync.Map).Store" {
			return true
		}
	}
	return false
}

// A judge looks for the mistake function by function.
type judge struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	own      map[*ssa.Function][]step // see ownSteps
	verdicts []verdict
}

// A verdict is a check and an action that rests on it.
type verdict struct {
	check, act step
	reason     reason
	low        bool // often one goroutine alone writes, or twice does no harm
}

// A reason says why it matters that somebody gets in between.
type reason int

const (
	depends reason = iota // the new value is made of the old one: an update is lost
	claims                // the action claims what the check found free
	states                // the value has a state of its own: there are two of them
	room                  // the check has found room for one more: two take it
)

// judge reports each action once, for the last check that it rests on.
func (j *judge) judge(steps []step) {
	for _, act := range steps {
		if !act.write {
			continue
		}
		for i := len(steps) - 1; i >= 0; i-- {
			check := steps[i]
			if check.write || check.kind != act.kind || check.place != act.place {
				continue
			}
			if reason, ok := j.mistake(check, act, steps); ok {
				j.verdicts = append(j.verdicts, verdict{check, act, reason, j.unsure(reason, check, act)})
				break
			}
		}
	}
}

// mistake reports whether the action comes apart from the check on which it
// rests, and why that matters.
func (j *judge) mistake(check, act step, steps []step) (reason, bool) {
	if check.same(act) && j.apart(check, act, steps) {
		if reason, ok := j.matters(check, act); ok {
			return reason, true
		}
	}
	return room, j.overLimit(check, act, steps)
}

// unsure reports whether the mistake may be none: an update in several
// statements, as a lone writer makes it, or a claim of something that can be
// done twice, such as a warning.
//
// So may one entry more than a limit allows do no harm.
func (j *judge) unsure(reason reason, check, act step) bool {
	if act.kind != flag {
		return reason == room
	}
	return reason == depends && !j.oneExpression(check, act) || reason == claims && !endsOrStarts(check, act)
}

// oneExpression reports whether the check is an operand of the action, as in
// x.Store(x.Load() + 1): whoever writes that means Add.
func (j *judge) oneExpression(check, act step) bool {
	outer, inner := j.callOf(act), j.callOf(check)
	return outer != nil && inner != nil && encloses(outer, inner.Pos())
}

// matters reports whether the action rests on the check in a way that another
// goroutine in between makes wrong.
func (j *judge) matters(check, act step) (reason, bool) {
	if derives(act.value, check.result()) && check.kind != guarded {
		return depends, true
	}
	if !controlled(check, act) {
		return 0, false
	}
	switch {
	case hasState(act.value, act.kind):
		return states, true
	case check.kind == flag:
		return claims, claimsFirst(check, act)
	case check.kind == syncMap && check.onlyPresence() && isMarker(act.value):
		return claims, doesMore(act)
	case check.kind == guarded && isMarker(act.value):
		return claims, endsOrStarts(check, act)
	}
	return 0, false
}

// alone reports whether nobody else runs while the function does, or it says
// that its caller sees to that.
func (j *judge) alone(fn *ssa.Function) bool {
	if fn.Signature.Recv() == nil && fn.Parent() == nil && (fn.Name() == "main" || fn.Name() == "init") || sharing.WantsLock(fn) {
		return true
	}
	return j.evidence.CalledUnderLock(fn)
}
