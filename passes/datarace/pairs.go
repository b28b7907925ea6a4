package datarace

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// withoutSchedule finds races on variables that function literals capture,
// where exploration doesn't come, in packages too large for it above all: two
// accesses of which a goroutine makes one, between its start and whatever
// waits for it, the other made by the function that started it, by another
// goroutine, or by the same one of another round.
func withoutSchedule(pass *analysis.Pass, told map[token.Pos]bool) []report.Finding {
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	if !known.Spawns() {
		return nil
	}
	shared := sharedCaptures(pass)
	if len(shared) == 0 {
		return nil
	}
	evidence := known.Evidence().OfCaptured(shared)
	j := &judge{pass: pass, evidence: evidence, told: told}
	for _, fn := range evidence.Functions() {
		if !match.InTestFile(pass.Fset, fn.Pos()) { // exploration begins at tests and sees more
			j.judge(fn)
		}
	}
	return j.found
}

type judge struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	told     map[token.Pos]bool // variables of which a schedule is shown, by where they are declared
	found    []report.Finding
}

// judge reports each variable once per function.
func (j *judge) judge(fn *ssa.Function) {
	best := make(map[*sharing.Place]sharing.Pair)
	var order []*sharing.Place
	for _, pair := range j.evidence.Pairs(fn) {
		if j.told[pair.First.At.Root.Pos()] || !j.races(pair) {
			continue
		}
		known, ok := best[pair.First.At]
		if !ok {
			order = append(order, pair.First.At)
		}
		if !ok || guilt(pair) > guilt(known) {
			best[pair.First.At] = pair
		}
	}
	for _, at := range order {
		j.found = append(j.found, j.finding(best[at]))
	}
}

// races reports whether one of two accesses writes and nothing keeps them
// apart, as far as the evidence says: neither locks, nor an atomic that lets
// one goroutine at most come to the write.
func (j *judge) races(p sharing.Pair) bool {
	if !writes(p.First) && !writes(p.With) || p.First.Held.Unseen || p.With.Held.Unseen {
		return false
	}
	if p.Other == p.Spawn && (p.First.Access != p.With.Access || !writes(p.First)) {
		return false
	}
	if p.First.Expr == nil || p.With.Expr == nil || anew(p.First, p.Spawn) || anew(p.With, p.Other) {
		return false
	}
	if p.Other == nil && (j.evidence.Joined(p.Spawn.Body, p.First.Within(p.Spawn.Body)) || ofLoop(p)) {
		return false
	}
	if j.returnedAfterWait(p.First) || j.returnedAfterWait(p.With) {
		return false
	}
	if _, locked := p.CommonLock(); locked || len(j.evidence.EffectOf(p.Spawn.Body).Releases) > 0 {
		return false // a goroutine that unlocks for another hands something on
	}
	return !claimed(p.First) && !claimed(p.With)
}

// returnedAfterWait reports whether a variable is read for a return beside a
// call that waits.
func (j *judge) returnedAfterWait(e sharing.Effect) bool {
	load, ok := e.Instr.(*ssa.UnOp)
	if !ok {
		return false
	}
	ret := program.LoadedLate(load)
	return ret != nil && j.evidence.Joined(load.Parent(), ret) && !j.evidence.Joined(load.Parent(), load)
}

// anew reports whether the function that declares the variable is called on
// the way to the access, or started as the goroutine that makes it: that is
// another variable, made by another call.
func anew(e sharing.Effect, by *sharing.Spawn) bool {
	if by != nil && by.Body == e.At.Root.Parent() {
		return true
	}
	if len(e.Calls) > 0 && e.Instr.Parent() == e.At.Root.Parent() {
		return true // by way of an interface
	}
	return slices.ContainsFunc(e.Calls, func(call ssa.CallInstruction) bool {
		return call.Common().StaticCallee() == e.At.Root.Parent()
	})
}

// writes reports whether the variable itself is set: elements of a slice are
// variables of their own.
func writes(e sharing.Effect) bool { return e.Use == sharing.Replaced }

// ofLoop reports whether the goroutine reads what the loop around it sets
// for its next round, which is loopcapture's.
func ofLoop(p sharing.Pair) bool {
	at := p.With.Within(p.Fn)
	return !writes(p.First) && at.Parent() == p.Fn && sharing.Reaches(at, p.Spawn.Instr) && sharing.Reaches(p.Spawn.Instr, at)
}

// blame returns the access to mend and the one that it meets.
func blame(p sharing.Pair) (blamed, other sharing.Effect) {
	if len(p.First.Held.Must) > 0 && len(p.With.Held.Must) == 0 || !writes(p.First) && writes(p.With) && len(p.With.Held.Must) == 0 {
		return p.With, p.First
	}
	return p.First, p.With
}

// guilt orders the races on one variable by how well they explain it.
func guilt(p sharing.Pair) int {
	blamed, other := blame(p)
	guilt := 0
	if len(blamed.Held.Must) == 0 {
		guilt += 4
	}
	if writes(blamed) {
		guilt += 2
	}
	if writes(other) {
		guilt++
	}
	return guilt
}

func (j *judge) finding(p sharing.Pair) report.Finding {
	blamed, other := blame(p)
	from, to := j.evidence.SpawnRange(p.Spawn)
	f := report.Finding{
		Range:   blamed.Expr,
		Subject: blamed.Access,
		Message: j.message(p, blamed, other),
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: from, To: to}, "goroutine started here")},
	}
	if other.Access != blamed.Access {
		f.Related = append(f.Related, report.Here(other.Expr, done(other)+" here"))
	}
	return f
}

func (j *judge) message(p sharing.Pair, blamed, other sharing.Effect) string {
	name := edit.Print(j.pass.Fset, blamed.Expr)
	started := report.FileLine(j.pass.Fset, p.Spawn.Site.Pos())
	if p.Other == p.Spawn {
		return fmt.Sprintf("%s is %s here by all goroutines started at %s, at the same time (no common lock)", name, done(blamed), started)
	}
	who := "the goroutine started at " + started
	switch {
	case p.Other != nil && other.Access == p.With.Access:
		who = "the goroutine started at " + report.FileLine(j.pass.Fset, p.Other.Site.Pos())
	case p.Other == nil && other.Access == p.With.Access:
		who = "the function that started this goroutine"
	}
	return fmt.Sprintf("%s is %s here while %s %ss it at %s (%s)",
		name, done(blamed), who, doing(other), report.FileLine(j.pass.Fset, other.Expr.Pos()), lockOf(other))
}

func done(e sharing.Effect) string {
	if writes(e) {
		return "written"
	}
	return "read"
}

func doing(e sharing.Effect) string {
	if writes(e) {
		return "write"
	}
	return "read"
}

func lockOf(other sharing.Effect) string {
	if len(other.Held.Must) == 0 {
		return "no common lock"
	}
	return "other side holds " + other.Held.Must[0].Place.String()
}
