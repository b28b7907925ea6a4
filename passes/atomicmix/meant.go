package atomicmix

import (
	"go/ast"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// meant reports whether a plain use isn't an oversight: a comment beside it
// talks of races, or what is read is only a guess that a compare-and-swap
// then confirms.
func (j *judge) meant(e sharing.Effect) bool {
	return e.Expr == nil || !e.Writes() && j.confirmed(e) || j.explained(e.Expr)
}

// confirmed reports whether the function hands the value to a
// compare-and-swap of the variable:
//
//	old := s.state
//	… atomic.CompareAndSwapInt32(&s.state, old, old|closed)
func (j *judge) confirmed(e sharing.Effect) bool {
	value, ok := e.Instr.(ssa.Value)
	if !ok {
		return false
	}
	found := false
	sharing.Instructions(e.Fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || len(call.Call.Args) != 3 || found || j.evidence.PlaceOf(call.Call.Args[0]) != e.Place {
			return
		}
		found = comesFrom(call.Call.Args[1], value)
	})
	return found
}

// comesFrom reports whether a value is another, or is chosen between it and
// others.
func comesFrom(v, source ssa.Value) bool {
	if phi, ok := v.(*ssa.Phi); ok {
		for _, edge := range phi.Edges {
			if edge == source {
				return true
			}
		}
	}
	return v == source
}

// knowing finds the words of an author who has thought of other goroutines.
var knowing = regexp.MustCompile(`(?i)atomic|\brac(e|es|y)\b|concurren|synchroni|exclusive`)

// ordering finds the words of one who has thought of the order of accesses.
var ordering = regexp.MustCompile(`(?i)\brac(e|es|y)\b|\b(load|store)-(acquire|consume|release)\b|happens.before`)

// explained reports whether the comment right above the expression, or behind
// it on its line, says why it is as it is.
func (j *judge) explained(e ast.Expr) bool {
	at := j.pass.Fset.Position(e.Pos())
	for _, group := range j.fileOf(e).Comments {
		start := j.pass.Fset.Position(group.Pos())
		above := j.pass.Fset.Position(group.End()).Line == at.Line-1 && start.Column <= at.Column // and not behind a statement
		behind := start.Line == at.Line && start.Column > at.Column
		if above && knowing.MatchString(group.Text()) || behind && ordering.MatchString(group.Text()) {
			return true
		}
	}
	return false
}

// snapshots returns the fields of which the package keeps copies in other
// objects of the type, for plain use:
//
//	return Stats{Hits: atomic.LoadInt64(&s.hits)}
func snapshots(evidence *sharing.Evidence) map[*types.Var]bool {
	copied := make(map[*types.Var]bool)
	for _, fn := range evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			store, ok := instr.(*ssa.Store)
			if !ok {
				return
			}
			call, ok := store.Val.(*ssa.Call)
			if !ok {
				return
			}
			callee := sharing.CalleeObject(&call.Call)
			if callee == nil || model.AtomicOperation(callee) != model.AtomicLoad {
				return
			}
			from, to := evidence.PlaceOf(call.Call.Args[0]), evidence.PlaceOf(store.Addr)
			if from.Field != nil && from.Field == to.Field {
				copied[to.Field] = true
			}
		})
	}
	return copied
}
