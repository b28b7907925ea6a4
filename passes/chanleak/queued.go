package chanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// leftInQueue finds calls that wait for the answer to a request in a buffered
// queue, where the goroutine that takes requests off it may return and leave
// some there:
//
//	w := &write{data, make(chan error, 1)}        for {
//	s.queue <- w                                      select {
//	return <-w.done // reported                       case <-s.stop:
//	                                                      return
//	                                                  case w := <-s.queue:
//	                                                      w.done <- s.apply(w)
//	                                                  }
//	                                              }
//
// The wait has no alternative, that goroutine alone receives from the queue
// and answers, and it takes off nothing more on its way out. Where a lock is
// held around the wait, or a WaitGroup counts it, whoever stops the goroutine
// may wait for that.
func leftInQueue(pass *analysis.Pass, r *roads) []report.Finding {
	var found []report.Finding
	for _, fn := range r.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			wait, ok := instr.(*ssa.UnOp)
			if !ok || wait.Op != token.ARROW {
				return
			}
			if q := r.queuedFor(pass, wait); q != nil && !r.guarded(wait) && r.abandons(q) {
				found = append(found, q.finding(pass))
			}
		})
	}
	return found
}

// A queued is a request in a queue, for whose answer its maker waits.
type queued struct {
	wait   *ssa.UnOp
	sent   ssa.Instruction // to the queue
	queue  *types.Var
	answer *types.Var // the channel of the request
	reader *reader
	ret    *ssa.Return // by which it leaves the queue as it is
}

// queuedFor returns the request that a receive waits for the answer to: made
// by the function, which sends it to a queue with room.
func (r *roads) queuedFor(pass *analysis.Pass, wait *ssa.UnOp) *queued {
	request := requestWith(wait.X)
	answer, ok := r.class(wait.X).(*types.Var)
	if request == nil || !ok || !r.of(answer).madeIn(wait.Parent()) {
		return nil
	}
	q := &queued{wait: wait, answer: answer}
	sharing.Instructions(wait.Parent(), func(instr ssa.Instruction) {
		queue := r.sendOf(instr, r.evidence.PlaceOf(request))
		if queue == nil || !sharing.Reaches(instr, wait) {
			return
		}
		if field, ok := r.class(queue).(*types.Var); ok && closed(field, pass.Pkg) {
			q.sent, q.queue = instr, field
		}
	})
	if q.queue == nil {
		return nil
	}
	t := r.of(q.queue)
	if t.escapes || len(t.made) == 0 || len(t.closes) > 0 || !slices.ContainsFunc(t.made, hasRoom) {
		return nil
	}
	return q
}

// requestWith returns the request of which a channel is a field, or that is made
// with it.
func requestWith(channel ssa.Value) ssa.Value {
	made := origin(channel)
	if made == nil {
		return requestOf(channel)
	}
	forms := []ssa.Value{made}
	for _, ref := range *made.Referrers() {
		if convert, ok := ref.(*ssa.ChangeType); ok {
			forms = append(forms, convert)
		}
	}
	for _, form := range forms {
		for _, ref := range *form.Referrers() {
			store, ok := ref.(*ssa.Store)
			if !ok || store.Val != form {
				continue
			}
			if addr, isField := store.Addr.(*ssa.FieldAddr); isField {
				return addr.X
			}
		}
	}
	return nil
}

// sendOf returns the channel on which an instruction sends the request, nil if
// it doesn't.
func (r *roads) sendOf(instr ssa.Instruction, request *sharing.Place) ssa.Value {
	switch instr := instr.(type) {
	case *ssa.Send:
		if r.evidence.PlaceOf(instr.X) == request {
			return instr.Chan
		}
	case *ssa.Select:
		for _, state := range instr.States {
			if state.Dir == types.SendOnly && r.evidence.PlaceOf(state.Send) == request {
				return state.Chan
			}
		}
	}
	return nil
}

// guarded reports whether somebody may know of a wait: by a lock that is held
// around it, or a WaitGroup that the function counts.
func (r *roads) guarded(wait *ssa.UnOp) bool {
	held := r.evidence.HeldAt(wait)
	if !held.None() || r.evidence.CalledUnderLock(wait.Parent()) {
		return true
	}
	counts := false
	sharing.Instructions(wait.Parent(), func(instr ssa.Instruction) {
		if call, ok := instr.(ssa.CallInstruction); ok {
			fn := sharing.CalleeObject(call.Common())
			counts = counts || fn != nil && model.SignalsDone(fn)
		}
	})
	return counts
}

// abandons finds the goroutine that reads the queue, and its return that
// leaves requests there.
func (r *roads) abandons(q *queued) bool {
	t := r.of(q.queue)
	for _, receive := range t.receives {
		one := r.runnerOf(receive.Parent())
		if one == nil {
			one = r.runByCaller(receive.Parent())
		}
		if one == nil || one.runs[q.wait.Parent()] || !inCycle(receive) || !r.aloneOn(one, t.receives) || !r.aloneOn(one, r.answers(q)) {
			continue
		}
		if ret := r.leavesQueue(one, receive, q.queue); ret != nil {
			q.reader, q.ret = one, ret
			return true
		}
	}
	return false
}

// answers lists what sends on the channel of a request or closes it, but for
// who made it.
func (r *roads) answers(q *queued) []ssa.Instruction {
	t := r.of(q.answer)
	return slices.DeleteFunc(slices.Concat(t.sends, t.closes), r.ownObject)
}

// runnerOf returns the goroutine of which a function is the body, nil if it
// isn't started at one place.
func (r *roads) runnerOf(body *ssa.Function) *reader {
	var one *reader
	several := false
	for _, starter := range r.evidence.Functions() {
		sharing.Instructions(starter, func(instr ssa.Instruction) {
			site, ok := instr.(ssa.CallInstruction)
			if !ok || !slices.Contains(r.evidence.Started(site), body) {
				return
			}
			several = several || one != nil
			one = &reader{site: site, body: body, runs: r.evidence.RunsOn(body)}
		})
	}
	if several {
		return nil
	}
	return one
}

// runByCaller returns the goroutine of a method that is there for callers
// outside of the package, and that nobody calls in it: they run it on one of
// theirs.
func (r *roads) runByCaller(fn *ssa.Function) *reader {
	if fn.Signature.Recv() == nil || !ast.IsExported(fn.Name()) || len(r.evidence.CallSites(fn)) > 0 {
		return nil
	}
	return &reader{body: fn, runs: r.evidence.RunsOn(fn)}
}

// aloneOn reports whether all of the instructions run on a goroutine only.
func (r *roads) aloneOn(one *reader, instrs []ssa.Instruction) bool {
	return len(instrs) > 0 && !slices.ContainsFunc(instrs, func(instr ssa.Instruction) bool {
		return !one.runs[instr.Parent()] || !r.unusedElsewhere(one, instr.Parent())
	})
}

func (q *queued) finding(pass *analysis.Pass) report.Finding {
	started, who := q.reader.body.Pos(), q.reader.body.Name()
	if q.reader.site != nil {
		started = q.reader.site.Pos()
		who = "the goroutine started at " + report.FileLine(pass.Fset, started)
	}
	f := report.Finding{
		Range:   report.Span{From: q.wait.Pos(), To: q.wait.Pos() + token.Pos(len("<-"))},
		Subject: q.queue,
		Low:     match.InTestFile(pass.Fset, q.wait.Pos()),
		Message: fmt.Sprintf("%s may return with requests left in %s: who waits here then waits for ever", who, q.queue.Name()),
		Related: []analysis.RelatedInformation{
			report.Here(report.Span{From: started, To: started}, "requests are answered from here on"),
			report.Here(report.Span{From: q.sent.Pos(), To: q.sent.Pos()}, "queued here"),
		},
	}
	if ret := q.ret.Pos(); ret.IsValid() {
		f.Related = append(f.Related, report.Here(report.Span{From: ret, To: ret + token.Pos(len("return"))}, "returns here"))
	}
	return f
}
