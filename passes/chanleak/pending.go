package chanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// pending finds calls that wait for an answer under their number in a map or
// sync.Map,
// where the goroutine that reads the answers ends and leaves the map as it is:
//
//	c.pending[id] = ch                  for dec.Decode(&answer) == nil {
//	…                                       ch := c.pending[answer.ID]
//	return <-ch // reported                 ch <- answer
//	                                    }
//
// The wait has no alternative, nobody else looks into the map for the channel,
// and nothing in the package goes through the map to tell those who are left.
func pending(pass *analysis.Pass, r *roads) []report.Finding {
	var found []report.Finding
	for _, desk := range r.desks(pass) {
		if desk.shared || len(desk.left) == 0 || len(desk.lookedUp) == 0 {
			continue
		}
		wait := r.waitsAt(desk)
		if wait == nil {
			continue
		}
		if reader := r.readerOf(desk, wait); reader != nil {
			found = append(found, forgets(pass, desk, wait, reader))
		}
	}
	return found
}

// A reader is a goroutine that looks into a desk in a loop, and can end.
type reader struct {
	site ssa.CallInstruction
	body *ssa.Function
	runs map[*ssa.Function]bool // on its goroutine
}

// readerOf returns the goroutine that answers those who wait at a desk, if it
// is the only one to do so; nil if others do or it never ends.
func (r *roads) readerOf(d *desk, wait *ssa.UnOp) *reader {
	for _, starter := range r.evidence.Functions() {
		var found *reader
		sharing.Instructions(starter, func(instr ssa.Instruction) {
			site, ok := instr.(ssa.CallInstruction)
			if !ok || found != nil {
				return
			}
			for _, body := range r.evidence.Started(site) {
				one := &reader{site: site, body: body, runs: r.evidence.RunsOn(body)}
				if returns(body) && !one.runs[wait.Parent()] && r.answersAlone(one, d) {
					found = one
				}
			}
		})
		if found != nil {
			return found
		}
	}
	return nil
}

func returns(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		if _, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok {
			return true
		}
	}
	return false
}

// answersAlone reports whether all who look into the desk run on the
// goroutine, in a loop, or do nothing with what they find; and so with all who
// serve the channel of its objects.
func (r *roads) answersAlone(one *reader, d *desk) bool {
	looped := false
	for fn := range d.lookedUp {
		if !one.runs[fn] || !r.unusedElsewhere(one, fn) {
			return false
		}
		looped = looped || r.loops(one, d, fn)
	}
	if d.channel != nil {
		t := r.of(d.channel)
		for _, instr := range append(t.sends[:len(t.sends):len(t.sends)], t.closes...) {
			if !r.ownObject(instr) && (!one.runs[instr.Parent()] || !r.unusedElsewhere(one, instr.Parent())) {
				return false
			}
		}
	}
	return looped
}

// ownObject reports whether an instruction closes the channel of an object, or
// sends on it, that its function has made: a call that failed at once.
func (r *roads) ownObject(instr ssa.Instruction) bool {
	var channel ssa.Value
	switch instr := instr.(type) {
	case *ssa.Send:
		channel = instr.Chan
	case *ssa.Call:
		channel = instr.Call.Args[0]
	default:
		return false
	}
	switch made := r.evidence.PlaceOf(channel).Base().(type) {
	case *ssa.Alloc:
		return made.Parent() == instr.Parent() && !isCopy(made)
	case *ssa.MakeChan:
		return made.Parent() == instr.Parent()
	}
	return false
}

// isCopy reports whether a variable holds a struct that was received, or is
// given as a parameter.
func isCopy(variable *ssa.Alloc) bool {
	switch stored := onlyStored(variable).(type) {
	case *ssa.Parameter, *ssa.Extract:
		return true
	case *ssa.UnOp:
		return stored.Op == token.ARROW
	}
	return false
}

// unusedElsewhere reports whether a function that looks into a desk is only
// called on the goroutine, or to forget what it returns.
func (r *roads) unusedElsewhere(one *reader, fn *ssa.Function) bool {
	if fn != one.body && fn.Parent() == nil && (ast.IsExported(fn.Name()) || r.entered(fn)) {
		return false
	}
	for _, site := range r.evidence.CallSites(fn) {
		if one.runs[site.Parent()] {
			continue
		}
		if site == one.site {
			continue
		}
		call, ok := site.(*ssa.Call)
		if !ok || fn.Signature.Results().Len() == 0 {
			return false
		}
		for _, ref := range *call.Referrers() {
			if _, debug := ref.(*ssa.DebugRef); !debug {
				return false
			}
		}
	}
	return true
}

// entered reports whether a function is called from where isn't seen.
func (r *roads) entered(fn *ssa.Function) bool {
	return slices.ContainsFunc(r.evidence.Entries(), func(entry sharing.Entry) bool { return entry.Fn == fn && entry.Spawn == nil })
}

// loops reports whether a function looks into the desk in a loop, or the call
// that leads to it on the goroutine stands in one.
func (r *roads) loops(one *reader, d *desk, fn *ssa.Function) bool {
	found := slices.ContainsFunc(d.looks, func(look ssa.Instruction) bool { return look.Parent() == fn && inCycle(look) })
	for runner := range one.runs {
		sharing.Instructions(runner, func(instr ssa.Instruction) {
			if call, ok := instr.(*ssa.Call); ok {
				callee, _ := r.evidence.Callee(&call.Call)
				found = found || callee == fn && inCycle(call)
			}
		})
	}
	return found
}

func forgets(pass *analysis.Pass, d *desk, wait *ssa.UnOp, one *reader) report.Finding {
	started := one.site.Pos()
	return report.Finding{
		Range:   report.Span{From: wait.Pos(), To: wait.Pos() + token.Pos(len("<-"))},
		Subject: d.calls,
		Low:     match.InTestFile(pass.Fset, wait.Pos()),
		Message: fmt.Sprintf("the goroutine started at %s ends without an answer for those left in %s: who waits here then waits for ever",
			report.FileLine(pass.Fset, started), d.calls.Name()),
		Related: []analysis.RelatedInformation{
			report.Here(report.Span{From: started, To: started}, "goroutine started here"),
			report.Here(report.Span{From: d.left[0].at.Pos(), To: d.left[0].at.Pos()}, "left here to be answered"),
		},
	}
}
