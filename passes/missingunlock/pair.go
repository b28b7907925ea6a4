package missingunlock

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A pair is what a call takes by a method that has a counterpart: the lock of
// a key, units of a semaphore.
//
//	s.locks.Lock(key)
//	if s.done[key] {
//		return nil // reported
//	}
//	s.locks.Unlock(key)
//
// Of two calls it is the same if their receivers and arguments are.
type pair struct {
	receiver *sharing.Place
	args     string      // names the arguments that both methods have
	giver    *types.Func // the method that gives it back
	places   []ssa.Value // of arguments, which a store may change
	tries    bool        // the call can fail
}

// pairs judges what the functions of a package take by methods with a
// counterpart.
type pairs struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	found    []report.Finding
}

// takesByPairs reports whether the package calls such a method.
func takesByPairs(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && model.GivenBackBy(fn) != "" {
			return true
		}
	}
	return false
}

func keptPairs(pass *analysis.Pass, evidence *sharing.Evidence) []report.Finding {
	p := &pairs{pass: pass, evidence: evidence}
	for _, fn := range evidence.Functions() {
		p.judge(fn)
	}
	return p.found
}

func (p *pairs) judge(fn *ssa.Function) {
	if paths.NamedToTake(fn) {
		return
	}
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		site, ok := instr.(*ssa.Call)
		if !ok {
			return
		}
		taken, ok := p.taken(&site.Call)
		if !ok {
			return
		}
		d := &paths.Duty{Effect: func(instr ssa.Instruction, now paths.Standing) paths.Effect { return p.effect(site, taken, instr) }}
		d.Follow(p.evidence, fn, paths.Free)
		if d.OwesOnSuccess() || p.callersGive(fn, taken) {
			return
		}
		for _, exit := range d.Skipped() {
			if !p.diesWith(fn, site, taken, exit) {
				p.found = append(p.found, p.finding(fn, site, taken, exit))
			}
		}
	})
}

// taken returns what a call takes, and false if that is a lock which is
// followed by itself, if its counterpart needs more than the call was given, or
// if it returns more than whether it succeeded.
func (p *pairs) taken(call *ssa.CallCommon) (pair, bool) {
	fn := sharing.CalleeObject(call)
	name := model.GivenBackBy(fn)
	if name == "" || fn.Signature().Results().Len() > 1 || len(p.evidence.CallEffect(call).MayTake) > 0 {
		return pair{}, false
	}
	counterpart, _, _ := types.LookupFieldOrMethod(fn.Signature().Recv().Type(), true, fn.Pkg(), name)
	giver, ok := counterpart.(*types.Func)
	if !ok || giver.Signature().Results().Len() > 0 {
		return pair{}, false
	}
	taken := pair{giver: giver.Origin()}
	if fn.Signature().Results().Len() == 1 {
		result := fn.Signature().Results().At(0).Type()
		taken.tries = match.IsError(result) || types.Identical(result, types.Typ[types.Bool])
		ok = taken.tries
	}
	taken.receiver, taken.args, taken.places = p.named(call)
	return taken, ok && !p.sends(call) && sameParameters(fn.Signature(), giver.Signature())
}

// sends reports whether the method is a function of the package that sends on a
// channel: check chanleak follows the slots of those.
func (p *pairs) sends(call *ssa.CallCommon) bool {
	fn, _ := p.evidence.Callee(call)
	found := false
	if fn != nil {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			switch instr.(type) {
			case *ssa.Send, *ssa.Select:
				found = true
			}
		})
	}
	return found
}

// sameParameters reports whether the counterpart has the parameters of a
// method, a context apart.
func sameParameters(taker, giver *types.Signature) bool {
	var wanted []types.Type
	for param := range taker.Params().Variables() {
		if !isContext(param.Type()) {
			wanted = append(wanted, param.Type())
		}
	}
	if giver.Params().Len() != len(wanted) || taker.Variadic() {
		return false
	}
	for i, t := range wanted {
		if !types.Identical(giver.Params().At(i).Type(), t) {
			return false
		}
	}
	return true
}

func isContext(t types.Type) bool { return model.TypeKey(t) == "context.Context" }

// named returns the receiver of a call, and a name for its arguments.
func (p *pairs) named(call *ssa.CallCommon) (*sharing.Place, string, []ssa.Value) {
	receiver, args := call.Value, call.Args
	if !call.IsInvoke() {
		receiver, args = call.Args[0], call.Args[1:]
	}
	var name strings.Builder
	var places []ssa.Value
	for _, arg := range args {
		if isContext(arg.Type()) {
			continue
		}
		if c, ok := arg.(*ssa.Const); ok {
			fmt.Fprintf(&name, "%s,", c)
			continue
		}
		place := p.evidence.PlaceOf(arg)
		fmt.Fprintf(&name, "%p,", place)
		places = append(places, place.Base())
	}
	return p.evidence.PlaceOf(receiver), name.String(), places
}

func (p *pairs) finding(fn *ssa.Function, site *ssa.Call, taken pair, exit paths.Exit) report.Finding {
	at, words := exit.Syntax(fn, site.Pos())
	if at == nil {
		at = report.CallRange(p.evidence, site)
	}
	return report.Finding{
		Range:   at,
		Subject: exit,
		Message: fmt.Sprintf("%s keeps what %s took at line %d: other paths call %s", words,
			report.CallName(p.pass, p.evidence, site), p.pass.Fset.Position(site.Pos()).Line, taken.giver.Name()),
		Related: []analysis.RelatedInformation{report.Here(report.CallRange(p.evidence, site), "taken here")},
	}
}
