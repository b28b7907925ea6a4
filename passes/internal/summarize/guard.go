package summarize

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A Guard is a condition on which it depends whether the lock is taken: a
// parameter or a field that is tested on the way, or a field that is compared
// with a constant; or that a parameter is nil. That one isn't, as it mostly
// isn't, is no condition.
type Guard struct {
	flag  *sharing.Place
	value string // of the constant, if it is compared with one
	wants bool
}

// absent is the value of a condition that a parameter is nil.
const absent = "nil"

// IsMode reports whether the condition asks in which mode or state an object
// is: s.version == v13. Callers mostly know that, for reasons that aren't
// seen.
func (g Guard) IsMode() bool { return g.value != "" }

// Concerns reports whether the condition asks about the object to which a lock
// belongs, or a parameter that isn't an object.
func (g Guard) Concerns(lock *sharing.Place) bool {
	return g.flag.Parent == nil || g.flag.Base() == lock.Base()
}

// Opposite is the condition that holds on the other side.
func (g Guard) Opposite() Guard { return Guard{g.flag, g.value, !g.wants} }

// IsLocal reports whether the condition is a parameter or variable by itself,
// which says to a function what the one around it or its caller does.
func (g Guard) IsLocal() bool {
	_, isGlobal := g.flag.Root.(*ssa.Global)
	return g.flag.Parent == nil && !isGlobal
}

func (g Guard) isParam() bool {
	_, ok := g.flag.Root.(*ssa.Parameter)
	return ok
}

// GuardsOf lists the conditions on parameters and fields under which an
// instruction runs.
func GuardsOf(evidence *sharing.Evidence, instr ssa.Instruction) []Guard {
	var list []Guard
	block := instr.Block()
	for at := block.Idom(); at != nil; at = at.Idom() {
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		asked, ok := Asked(evidence, branch.Cond)
		if !ok {
			continue
		}
		for i, succ := range at.Succs {
			switch {
			case len(succ.Preds) != 1 || !succ.Dominates(block):
			case i == 0:
				list = addGuard(list, asked)
			default:
				list = addGuard(list, asked.Opposite())
			}
		}
	}
	return list
}

func addGuard(list []Guard, g Guard) []Guard {
	if g.value == absent && !g.wants {
		return list
	}
	return append(list, g)
}

// Asked returns what a condition asks of a parameter or field.
func Asked(evidence *sharing.Evidence, cond ssa.Value) (Guard, bool) {
	wants := true
	if not, isUnary := cond.(*ssa.UnOp); isUnary && not.Op == token.NOT {
		cond, wants = not.X, false
	}
	if compared, ok := cond.(*ssa.BinOp); ok {
		return modeIn(evidence, compared, wants)
	}
	if !isFlag(cond) {
		return Guard{}, false
	}
	return Guard{flagOf(evidence, cond), "", wants}, true
}

// modeIn returns what a comparison of a field with a constant asks. One with
// nil or zero asks whether there is anything, not in which mode; of a parameter
// its caller knows the answer.
func modeIn(evidence *sharing.Evidence, compared *ssa.BinOp, wants bool) (Guard, bool) {
	c, ok := compared.Y.(*ssa.Const)
	if !ok || compared.Op != token.EQL && compared.Op != token.NEQ || !isFlag(compared.X) {
		return Guard{}, false
	}
	place := evidence.PlaceOf(compared.X)
	equals := wants == (compared.Op == token.EQL)
	if c.Value == nil {
		g := Guard{place, absent, equals}
		return g, g.isParam() && place.Parent == nil
	}
	if value := c.Value.ExactString(); place.Parent != nil && value != "0" && value != `""` {
		return Guard{place, value, equals}, true
	}
	return Guard{}, false
}

// flagOf returns the place of a condition. A parameter that a literal uses
// goes through a variable, which is the parameter if nothing else is stored.
func flagOf(evidence *sharing.Evidence, cond ssa.Value) *sharing.Place {
	place := evidence.PlaceOf(cond)
	alloc, ok := place.Root.(*ssa.Alloc)
	if !ok {
		return place
	}
	var stored []ssa.Value
	for _, ref := range *alloc.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
			stored = append(stored, store.Val)
		}
	}
	if len(stored) == 1 {
		if _, ok := stored[0].(*ssa.Parameter); ok {
			return evidence.PlaceOf(stored[0])
		}
	}
	return place
}

func isFlag(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Parameter:
		return true
	case *ssa.UnOp:
		return v.Op == token.MUL
	}
	return false
}

// Contradict reports whether two lists of conditions exclude each other.
func Contradict(a, b []Guard) bool {
	return slices.ContainsFunc(a, func(g Guard) bool {
		return slices.ContainsFunc(b, func(h Guard) bool {
			return h == g.Opposite() || g.flag == h.flag && g.value != h.value && g.wants && h.wants
		})
	})
}

// Outside returns the conditions as the caller knows them. It reports false
// if an argument excludes the lock, or is a value of which nothing is known.
func Outside(evidence *sharing.Evidence, guards []Guard, inv sharing.Invocation) ([]Guard, bool) {
	var list []Guard
	for _, g := range guards {
		moved := Guard{evidence.Outside(inv, g.flag), g.value, g.wants}
		if g.value == absent && !moved.isParam() {
			if c, ok := moved.flag.Root.(*ssa.Const); !ok || !c.IsNil() {
				return nil, false // a caller that gives something mostly has it
			}
			continue
		}
		if c, ok := moved.flag.Root.(*ssa.Const); ok && !g.IsMode() && c.Value != nil && c.Value.Kind() == constant.Bool {
			if constant.BoolVal(c.Value) != g.wants {
				return nil, false
			}
			continue
		}
		if g.isParam() && !moved.isParam() && moved.flag.Parent == nil {
			return nil, false
		}
		list = append(list, moved)
	}
	return list, true
}

// SidesUnder returns the blocks that can follow a block while the conditions
// hold.
func SidesUnder(evidence *sharing.Evidence, guards []Guard) func(*ssa.BasicBlock) []*ssa.BasicBlock {
	return func(block *ssa.BasicBlock) []*ssa.BasicBlock {
		if len(block.Instrs) == 0 {
			return block.Succs
		}
		branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
		if !ok || len(guards) == 0 {
			return block.Succs
		}
		asked, ok := Asked(evidence, branch.Cond)
		switch {
		case ok && slices.Contains(guards, asked):
			return block.Succs[:1]
		case ok && slices.Contains(guards, asked.Opposite()):
			return block.Succs[1:]
		}
		return block.Succs
	}
}
