package chanleak

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// pipes finds returns that leave one end of an io.Pipe alone while a goroutine
// works on the other. A pipe has no room: each write waits for a read, each
// read for a write, until one side is closed.
//
//	pr, pw := io.Pipe()
//	go func() { pw.CloseWithError(pack(pw, files)) }()
//	token, err := c.login(ctx)
//	if err != nil {
//		return err // reported: nobody reads from pr, or closes it
//	}
//	return c.put(ctx, token, pr)
//
// The reading end is settled by whatever is done with it; the writing end when
// it is closed or goes to somebody who can, see settles. Paths that wait for
// goroutines in between aren't followed.
func (l *leavings) pipes() {
	if !makesPipes(l.pass) {
		return
	}
	p := &piping{leavings: l, shared: l.evidence()}
	for _, fn := range l.prog.Functions() {
		if l.endsProcess(fn) {
			continue
		}
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			call, ok := instr.(*ssa.Call)
			if !ok || !isPipe(sharing.CalleeObject(&call.Call)) {
				return
			}
			reads, writes := findEnd(call, 0), findEnd(call, 1)
			p.judge(fn, writes, reads)
			p.judge(fn, reads, writes)
		})
	}
}

func makesPipes(pass *analysis.Pass) bool {
	for _, file := range pass.Files {
		for n := range ast.Preorder(file) {
			if call, ok := n.(*ast.CallExpr); ok && isPipe(typeutil.Callee(pass.TypesInfo, call)) {
				return true
			}
		}
	}
	return false
}

// piping looks at what is done with the ends of pipes.
type piping struct {
	*leavings
	shared *sharing.Evidence
}

// A worker is a goroutine that works on one end of a pipe, while the function
// that starts it has the other.
type worker struct {
	*piping
	site   ssa.CallInstruction
	works  *pipeEnd
	rests  *pipeEnd
	closes bool // it may close its end
}

// judge looks at the goroutines that a function starts to work on one end, and
// the returns behind that which leave the other end as it is.
func (p *piping) judge(fn *ssa.Function, works, rests *pipeEnd) {
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		w := p.workerAt(instr, works, rests)
		if w == nil || w.settledBefore() {
			return
		}
		d := &paths.Duty{Effect: w.effect}
		d.Follow(p.shared, fn, paths.Free)
		for _, exit := range d.Skipped() {
			if exit.Return != nil {
				p.found = append(p.found, w.finding(exit))
				return // one pipe is one mistake
			}
		}
	})
}

// workerAt returns the goroutine that an instruction starts to read from the
// end of a pipe, or to write to it; nil for others.
func (p *piping) workerAt(instr ssa.Instruction, works, rests *pipeEnd) *worker {
	site, ok := instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	w := &worker{piping: p, site: site, works: works, rests: rests}
	for _, body := range p.shared.Started(site) {
		if works.workedOnIn(body) {
			w.closes = works.closedIn(body)
			return w
		}
	}
	if _, isGo := site.(*ssa.Go); isGo && works.givenTo(site.Common()) {
		w.closes = true
		return w
	}
	return nil
}

// settledBefore reports whether somebody may know the other end before the
// goroutine starts.
func (w *worker) settledBefore() bool {
	found := false
	sharing.Instructions(w.site.Parent(), func(instr ssa.Instruction) {
		found = found || w.rests.settles(instr) && (instr == w.site || sharing.Reaches(instr, w.site))
	})
	return found
}

func (w *worker) effect(instr ssa.Instruction, now paths.Standing) paths.Effect {
	switch {
	case instr == w.site:
		return paths.Effect{Does: paths.Takes}
	case now != paths.Owed:
		return paths.Effect{}
	case w.rests.settles(instr):
		return paths.Effect{Does: paths.HandsOn}
	case w.ends(instr):
		return paths.Effect{Does: paths.Stops}
	case waits(instr), w.heardBy(instr):
		return paths.Effect{Does: paths.Loses}
	}
	return paths.Effect{}
}

// waits reports whether an instruction waits for other goroutines, or hears of
// them.
func waits(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Select:
		return true
	case *ssa.UnOp:
		return isReceive(instr)
	case *ssa.Call:
		fn := sharing.CalleeObject(&instr.Call)
		return fn != nil && model.Waits(fn)
	}
	return false
}

// heardBy reports whether an instruction may hear of the goroutine's end: a
// write fails when the reader has closed its side.
func (w *worker) heardBy(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && w.closes && w.works.reads && w.rests.givenTo(&call.Call)
}

func (w *worker) finding(exit paths.Exit) report.Finding {
	at, words := exit.Syntax(w.site.Parent(), w.site.Pos())
	left, does := "neither read nor closed", "writes to"
	if w.works.reads {
		left, does = "open", "reads from"
	}
	fset, started := w.pass.Fset, w.site.Pos()
	return report.Finding{
		Range:   at,
		Subject: exit,
		Low:     match.InTestFile(fset, at.Pos()),
		Message: fmt.Sprintf("%s leaves %s %s: the goroutine started at %s, which %s %s, waits for ever",
			words, w.rests.name, left, report.FileLine(fset, started), does, w.works.name),
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: started, To: started}, "goroutine started here")},
	}
}
