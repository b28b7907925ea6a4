package oncemisuse

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// maxCalls bounds the calls from a Once's function back to it.
const maxCalls = 5

// reentries reports Onces whose function comes back to them on the same
// goroutine. Equal places are one location, so what is found is certain to be
// the same Once; that the path is taken is not.
func (c *checker) reentries(prog *program.Program) {
	r := &reentry{evidence: sharing.Collect(c.pass, prog), known: make(map[*ssa.Function][]entered)}
	for _, fn := range r.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !isDo(call) {
				return
			}
			once := r.evidence.PlaceOf(call.Common().Args[0])
			for _, inv := range r.evidence.Invocations(call) {
				for _, inner := range r.of(inv.Fn, maxCalls) {
					if r.evidence.Outside(inv, inner.once) == once && once.Exact() {
						c.reportReentry(r, call, inner)
						return
					}
				}
			}
		})
	}
}

type reentry struct {
	evidence *sharing.Evidence
	known    map[*ssa.Function][]entered
}

// entered is a Once on which a function calls Do, itself or by what it calls.
type entered struct {
	once *sharing.Place // as the function sees it
	call ssa.CallInstruction
	path []ssa.CallInstruction // to the function that calls Do, outermost first
}

// of lists the Onces that a function enters, on its own goroutine.
func (r *reentry) of(fn *ssa.Function, depth int) []entered {
	if known, ok := r.known[fn]; ok || depth == 0 {
		return known
	}
	r.known[fn] = nil // recursion adds nothing
	var list []entered
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		if _, isGo := instr.(*ssa.Go); isGo {
			return
		}
		if isDo(call) {
			list = append(list, entered{once: r.evidence.PlaceOf(call.Common().Args[0]), call: call})
		}
		for _, inv := range r.evidence.Invocations(call) {
			for _, inner := range r.of(inv.Fn, depth-1) {
				path := append([]ssa.CallInstruction{call}, inner.path...)
				list = append(list, entered{r.evidence.Outside(inv, inner.once), inner.call, path})
			}
		}
	})
	r.known[fn] = list
	return list
}

func isDo(call ssa.CallInstruction) bool {
	return model.Key(sharing.CalleeObject(call.Common())) == "(sync.Once).Do"
}

func (c *checker) reportReentry(r *reentry, outer ssa.CallInstruction, inner entered) {
	at, back := r.evidence.CallExpr(outer), r.evidence.CallExpr(inner.call)
	if at == nil || back == nil {
		return
	}
	f := report.Finding{Range: at.Fun}
	for _, call := range inner.path {
		if expr := r.evidence.CallExpr(call); expr != nil {
			f.Related = append(f.Related, report.Here(expr, "called here"))
		}
	}
	f.Related = append(f.Related, report.Here(back, "waits here for the first call to return"))
	f.Message = fmt.Sprintf("%s waits for itself: its function calls Do again at %s",
		edit.Print(c.pass.Fset, at.Fun), report.FileLine(c.pass.Fset, back.Pos()))
	c.reporter.Add(f)
}
