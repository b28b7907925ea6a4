package chanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// keptSlots finds paths that leave with a slot of a semaphore which others
// give back:
//
//	s.slots <- struct{}{}
//	dir, err := os.MkdirTemp("", "job")
//	if err != nil {
//		return err // reported
//	}
//	defer func() { <-s.slots }()
//
// and goroutines that end so, after whoever started them has taken the slot.
// Each time one slot is gone, until the next one to take one waits for ever.
func keptSlots(pass *analysis.Pass, r *roads) []report.Finding {
	s := findSemaphores(pass, r)
	if len(s.slots) == 0 {
		return nil
	}
	k := &kept{pass: pass, semaphores: s}
	for _, fn := range r.evidence.Functions() {
		for _, class := range s.takenIn(fn) {
			k.judge(fn, class)
			k.judgeStarted(fn, class)
		}
	}
	return k.found
}

// takenIn returns the semaphores of which a function takes slots, itself or by
// a function that does it for others.
func (s *semaphores) takenIn(fn *ssa.Function) []any {
	var list []any
	seen := make(map[any]bool)
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		for _, class := range s.classesAt(instr) {
			does := s.effect(class, instr, paths.Free).Does
			if !seen[class] && (does == paths.Takes || does == paths.Tries) {
				seen[class] = true
				list = append(list, class)
			}
		}
	})
	return list
}

// classesAt returns the semaphores that an instruction, or the function that
// it calls, works on.
func (s *semaphores) classesAt(instr ssa.Instruction) []any {
	var list []any
	add := func(channel ssa.Value) {
		if class := s.class(channel); s.slots[class] {
			list = append(list, class)
		}
	}
	switch instr := instr.(type) {
	case *ssa.Send:
		add(instr.Chan)
	case *ssa.Select:
		for _, state := range instr.States {
			add(state.Chan)
		}
	case *ssa.Call:
		if fn, _ := s.evidence.Callee(&instr.Call); fn != nil {
			return s.takenFor(fn)
		}
	}
	return list
}

// takenFor returns the semaphores of which a function that is called may take
// slots: those that it works on itself.
func (s *semaphores) takenFor(fn *ssa.Function) []any {
	var list []any
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if _, isCall := instr.(*ssa.Call); !isCall {
			list = append(list, s.classesAt(instr)...)
		}
	})
	return list
}

// A kept collects findings.
type kept struct {
	pass *analysis.Pass
	*semaphores
	found []report.Finding
}

// judge looks for paths of a function that keep what they took.
func (k *kept) judge(fn *ssa.Function, class any) {
	d, _ := k.follow(fn, class, paths.Free)
	if paths.NamedToTake(fn) || d.OwesOnSuccess() || k.callersGive(fn, class) {
		return
	}
	for _, exit := range d.Skipped() {
		k.add(fn, class, exit)
	}
}

// judgeStarted looks for paths of the goroutines that a function starts, with
// a slot that it took for them.
func (k *kept) judgeStarted(fn *ssa.Function, class any) {
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		site, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		for _, body := range k.evidence.Started(site) {
			if len(body.Blocks) == 0 || !k.mentions(body, class, maxDepth) || len(k.takenIn(body)) > 0 {
				continue
			}
			d, _ := k.follow(body, class, paths.Owed)
			for _, exit := range d.Skipped() {
				exit.Since = site
				k.add(body, class, exit)
			}
		}
	})
}

// callersGive reports whether a caller in this package works on the semaphore
// other than by its call: it gives back what the function took.
func (k *kept) callersGive(fn *ssa.Function, class any) bool {
	for _, caller := range k.evidence.Callers(fn) {
		gives := false
		sharing.Instructions(caller, func(instr ssa.Instruction) {
			call, ok := instr.(ssa.CallInstruction)
			if ok && sharing.Origin(call.Common().StaticCallee()) == fn {
				return
			}
			if closure, ok := instr.(*ssa.MakeClosure); ok && closure.Fn == ssa.Value(fn) {
				return
			}
			gives = gives || k.works(instr, class, maxDepth)
		})
		if gives {
			return true
		}
	}
	return false
}

// add words a finding. What took the slot stands in the same function, or
// starts the goroutine.
func (k *kept) add(fn *ssa.Function, class any, exit paths.Exit) {
	behind, label := exit.Since.Pos(), "taken here"
	if exit.Since.Parent() != fn {
		behind, label = fn.Pos(), "goroutine started here, with a slot"
	}
	at, words := exit.Syntax(fn, behind)
	if at == nil || k.saysSo(at, class) || !k.missed(class, exit) {
		return
	}
	k.found = append(k.found, report.Finding{
		Range:   at,
		Subject: exit,
		Low:     match.InTestFile(k.pass.Fset, at.Pos()),
		Message: fmt.Sprintf("%s keeps the slot of %s: other paths give it back, and once all are gone the next to take one waits for ever", words, nameOf(class)),
		Related: []analysis.RelatedInformation{report.Here(k.rangeOf(exit.Since), label)},
	})
}

// saysSo reports whether the comment right above an exit names the semaphore:
// then its author knows what becomes of the slot.
//
//	// The slot of s.slots stays taken, as the batch is still in the queue.
//	return err
func (k *kept) saysSo(exit ast.Node, class any) bool {
	line := func(pos token.Pos) int { return k.pass.Fset.Position(pos).Line }
	for _, file := range k.pass.Files {
		if exit.Pos() < file.FileStart || file.FileEnd <= exit.Pos() {
			continue
		}
		return slices.ContainsFunc(file.Comments, func(group *ast.CommentGroup) bool {
			return line(group.End()) == line(exit.Pos())-1 && strings.Contains(group.Text(), nameOf(class))
		})
	}
	return false
}

func (k *kept) rangeOf(instr ssa.Instruction) analysis.Range {
	if call, ok := instr.(*ssa.Call); ok {
		return report.CallRange(k.evidence, call)
	}
	return report.Span{From: instr.Pos(), To: instr.Pos()}
}

// nameOf names a class of channels as the source does.
func nameOf(class any) string {
	switch class := class.(type) {
	case *types.Var:
		return class.Name()
	case *ssa.Global:
		return class.Name()
	}
	return "the semaphore"
}
