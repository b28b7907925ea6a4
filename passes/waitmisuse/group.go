package waitmisuse

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// counters is what the package does to its WaitGroups. A group is known by
// the variable that it is: one of a function, with the function literals that
// capture it, or a field, in whichever object.
type counters struct {
	closures map[*ssa.Function]*ssa.MakeClosure
	added    []any // groups, in the order of the first Add
	adds     map[any][]ssa.CallInstruction
	dones    map[any][]*ssa.Function // that count down
	lent     map[any]bool            // given to a function as an argument
	waits    map[any][]*ssa.Call
	spawned  []spawned
	ones     []call // Add(1), and not deferred
}

// A call of a method of a WaitGroup.
type call struct {
	group any
	instr *ssa.Call
}

// A spawned function is the body of goroutines, and only that.
type spawned struct {
	body *ssa.Function
	site ssa.CallInstruction
}

func findCounters(prog *program.Program) *counters {
	c := &counters{closures: make(map[*ssa.Function]*ssa.MakeClosure), adds: make(map[any][]ssa.CallInstruction), dones: make(map[any][]*ssa.Function), lent: make(map[any]bool), waits: make(map[any][]*ssa.Call)}
	for _, fn := range prog.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			if closure, ok := instr.(*ssa.MakeClosure); ok {
				c.closures[closure.Fn.(*ssa.Function)] = closure
			}
		})
	}
	called := make(map[*ssa.Function]bool)
	for _, fn := range prog.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			if site, ok := instr.(ssa.CallInstruction); ok {
				c.note(site, called)
			}
		})
	}
	kept := c.spawned[:0]
	for _, s := range c.spawned {
		if !called[s.body] {
			kept = append(kept, s)
		}
	}
	c.spawned = kept
	return c
}

func (c *counters) note(site ssa.CallInstruction, called map[*ssa.Function]bool) {
	common := site.Common()
	if fn := common.StaticCallee(); fn != nil {
		if _, isGo := site.(*ssa.Go); isGo && len(fn.Blocks) > 0 {
			c.spawned = append(c.spawned, spawned{fn, site})
		} else {
			called[fn] = true
		}
	}
	instr, isCall := site.(*ssa.Call)
	switch method, group := c.operation(common); method {
	case "Add":
		if len(c.adds[group]) == 0 {
			c.added = append(c.added, group)
		}
		c.adds[group] = append(c.adds[group], site)
		if one, ok := common.Args[1].(*ssa.Const); ok && isCall && one.Value != nil && constant.Compare(one.Value, token.EQL, constant.MakeInt64(1)) {
			c.ones = append(c.ones, call{group, instr})
		}
	case "Done":
		c.dones[group] = append(c.dones[group], site.Parent())
	case "Wait":
		c.waits[group] = append(c.waits[group], instr)
	case "":
		for _, arg := range common.Args {
			if isGroup(arg) {
				c.lent[c.group(arg)] = true
			}
		}
	}
}

// onlyIn reports whether a function itself is all that counts the group down.
func (c *counters) onlyIn(body *ssa.Function, group any) bool {
	return !c.lent[group] && !slices.ContainsFunc(c.dones[group], func(fn *ssa.Function) bool { return fn != body })
}

// operation returns the method of a WaitGroup that is called, and the group,
// nil if it isn't known.
func (c *counters) operation(common *ssa.CallCommon) (method string, group any) {
	fn := sharing.CalleeObject(common)
	if fn == nil || len(common.Args) == 0 {
		return "", nil
	}
	switch model.Key(fn) {
	case "(sync.WaitGroup).Add", "(sync.WaitGroup).Done", "(sync.WaitGroup).Wait":
		if group := c.group(common.Args[0]); group != nil {
			return fn.Name(), group
		}
	}
	return "", nil
}

// group returns the variable at an address.
func (c *counters) group(addr ssa.Value) any {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return addr
	case *ssa.Global:
		return addr
	case *ssa.FreeVar:
		return c.group(program.Binding(c.closures[addr.Parent()], addr))
	case *ssa.FieldAddr:
		if field := match.Field(addr.X.Type(), addr.Field); field != nil {
			return field
		}
	}
	return nil
}

// isField reports whether the group is a field, which functions elsewhere may
// count down.
func isField(group any) bool {
	_, ok := group.(*types.Var)
	return ok
}
