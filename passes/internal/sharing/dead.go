package sharing

import (
	"go/constant"
	"go/token"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Some code doesn't run, and holds no evidence: what stands under if debug
// with debug a false constant, and, in a function that is called with
// constants, what stands under a condition on its parameters that they don't
// meet:
//
//	func access(method string) {       // readConfig calls access("GET")
//		switch method {
//		case "POST":
//			config[key] = value        // not on the way from readConfig
//
// Conditions are taken one by one; what they have in common isn't seen.

// constants are the values that are known of some parameters of a function.
type constants map[*ssa.Parameter]constant.Value

// live returns the blocks of the frame's function that can be reached, by
// index, or nil if all can.
func (b *builder) live(f *frame) []bool {
	conditions := b.decidable(f.fn)
	if len(conditions) == 0 {
		return nil
	}
	known := b.constantsOf(f)
	if len(known) == 0 && !hasConstant(conditions) {
		return nil
	}
	live := make([]bool, len(f.fn.Blocks))
	work := []*ssa.BasicBlock{f.fn.Blocks[0]}
	if f.fn.Recover != nil {
		work = append(work, f.fn.Recover)
	}
	for len(work) > 0 {
		block := work[len(work)-1]
		work = work[:len(work)-1]
		if live[block.Index] {
			continue
		}
		live[block.Index] = true
		succs := block.Succs
		if cond := conditions[block]; cond != nil {
			if holds, decided := decide(cond, known); decided {
				succs = succs[:1]
				if !holds {
					succs = block.Succs[1:]
				}
			}
		}
		work = append(work, succs...)
	}
	return live
}

// decidable returns the conditions at the ends of the function's blocks that
// constants can decide.
func (b *builder) decidable(fn *ssa.Function) map[*ssa.BasicBlock]ssa.Value {
	found, ok := b.conditions[fn]
	if !ok {
		for _, block := range fn.Blocks {
			if branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If); ok && isDecidable(branch.Cond) {
				if found == nil {
					found = make(map[*ssa.BasicBlock]ssa.Value)
				}
				found[block] = branch.Cond
			}
		}
		b.conditions[fn] = found
	}
	return found
}

// hasConstant reports whether one of the conditions is decided in any case.
func hasConstant(conditions map[*ssa.BasicBlock]ssa.Value) bool {
	for _, cond := range conditions {
		if _, decided := decide(cond, nil); decided {
			return true
		}
	}
	return false
}

func isDecidable(cond ssa.Value) bool {
	switch cond := cond.(type) {
	case *ssa.Const, *ssa.Parameter:
		return true
	case *ssa.UnOp:
		return cond.Op == token.NOT && isDecidable(cond.X)
	case *ssa.BinOp:
		return (cond.Op == token.EQL || cond.Op == token.NEQ) && isOperand(cond.X) && isOperand(cond.Y)
	}
	return false
}

func isOperand(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Const, *ssa.Parameter:
		return true
	}
	return false
}

// decide evaluates a condition, if the constants do.
func decide(cond ssa.Value, known constants) (holds, decided bool) {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		holds, decided = decide(cond.X, known)
		return !holds, decided
	case *ssa.BinOp:
		x, y := known.value(cond.X), known.value(cond.Y)
		if x == nil || y == nil || x.Kind() != y.Kind() {
			return false, false
		}
		return constant.Compare(x, cond.Op, y), true
	}
	if value := known.value(cond); value != nil && value.Kind() == constant.Bool {
		return constant.BoolVal(value), true
	}
	return false, false
}

func (k constants) value(v ssa.Value) constant.Value {
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value
	case *ssa.Parameter:
		return k[v]
	}
	return nil
}

// constantsOf returns what is known of the parameters of the frame's
// function: constants that its caller passes, or was passed.
func (b *builder) constantsOf(f *frame) constants {
	if f.parent == nil {
		return nil
	}
	var above constants
	var known constants
	for i, param := range f.fn.Params {
		if i >= len(f.args) {
			break
		}
		if _, passedOn := f.args[i].(*ssa.Parameter); passedOn && above == nil {
			above = b.constantsOf(f.parent)
		}
		if value := above.value(f.args[i]); value != nil {
			if known == nil {
				known = make(constants)
			}
			known[param] = value
		}
	}
	return known
}

// branchKey tells frames apart that run other blocks of one function.
func (b *builder) branchKey(f *frame) string {
	if len(b.decidable(f.fn)) == 0 {
		return ""
	}
	known := b.constantsOf(f)
	key := ""
	for i, param := range f.fn.Params {
		if value := known[param]; value != nil {
			key += " " + strconv.Itoa(i) + "=" + value.ExactString()
		}
	}
	return key
}
