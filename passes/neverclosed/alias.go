package neverclosed

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// A channel is a set of places that may hold the same channel, and what is
// done to it through any of them.
//
// The sets are those of Steensgaard's analysis: every assignment, call,
// return and capture makes one set of its two sides. They are found without
// regard to order or context, and a field stands for that field of all
// values of its type. What is never closed by the whole set is never closed.
// The world is closed: a channel that reaches code which isn't seen, or may
// come from there, escapes, and nothing is said about it.
type channel struct {
	parent  *channel
	made    []*ssa.MakeChan
	sends   []ssa.Instruction // *ssa.Send or *ssa.Select
	closes  []ssa.CallInstruction
	drains  []drain
	loose   []drain           // that errors end, too
	waits   []ssa.Instruction // other receives: *ssa.UnOp or *ssa.Select
	fields  []*types.Var      // struct fields and package variables that hold it
	foreign bool              // may be known to code that isn't seen
	given   bool              // handed out receive-only: others may drain it, but not close it or send
}

func (c *channel) find() *channel {
	for c.parent != nil {
		if c.parent.parent != nil {
			c.parent = c.parent.parent
		}
		c = c.parent
	}
	return c
}

// result is the place of a function's n-th result.
type result struct {
	fn *ssa.Function
	n  int
}

// aliases maps places to channels. A place is an ssa.Value of channel type,
// an *ssa.Alloc, *ssa.FreeVar or *ssa.Global that points to a channel, the
// *types.Var of a struct field, or a result.
type aliases struct {
	pkg    *ssa.Package
	sets   map[any]*channel
	order  []*channel // as first met
	values map[*ssa.Function]bool
	owners map[*types.Var]*types.Named // of a field, the type that has it
}

func (a *aliases) of(place any) *channel {
	c, ok := a.sets[place]
	if !ok {
		c = new(channel)
		a.sets[place] = c
		a.order = append(a.order, c)
	}
	return c.find()
}

// join makes one set of two.
func (a *aliases) join(c, d *channel) {
	c, d = c.find(), d.find()
	if c == d {
		return
	}
	d.parent = c
	c.made = append(c.made, d.made...)
	c.sends = append(c.sends, d.sends...)
	c.closes = append(c.closes, d.closes...)
	c.drains = append(c.drains, d.drains...)
	c.loose = append(c.loose, d.loose...)
	c.waits = append(c.waits, d.waits...)
	c.fields = append(c.fields, d.fields...)
	c.foreign = c.foreign || d.foreign
	c.given = c.given || d.given
}

// enters notes that a value comes from code that isn't seen, which may close
// the channel.
func (a *aliases) enters(v ssa.Value) {
	if match.IsChan(v.Type()) {
		a.of(v).foreign = true
	}
}

// leaves notes that a value reaches code that isn't seen. Who is handed a
// channel to receive from only can't close it.
func (a *aliases) leaves(v ssa.Value) {
	if match.IsChan(v.Type()) {
		a.hand(v, v.Type())
	}
}

func (a *aliases) hand(place any, t types.Type) {
	if c := a.of(place); t.Underlying().(*types.Chan).Dir() == types.RecvOnly {
		c.given = true
	} else {
		c.foreign = true
	}
}

// findAliases reads the functions of the package.
func findAliases(pkg *ssa.Package, funcs []*ssa.Function) *aliases {
	a := &aliases{pkg: pkg, sets: make(map[any]*channel), values: usedAsValues(funcs), owners: make(map[*types.Var]*types.Named)}
	for _, fn := range funcs {
		a.signature(fn)
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				a.value(instr)
				a.effect(fn, instr)
			}
		}
	}
	return a
}

// value joins what an instruction computes with what it is computed from.
func (a *aliases) value(instr ssa.Instruction) {
	v, ok := instr.(ssa.Value)
	if !ok || !match.IsChan(v.Type()) {
		return
	}
	switch v := v.(type) {
	case *ssa.MakeChan:
		c := a.of(v)
		c.made = append(c.made, v)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			a.join(a.of(v), a.of(edge))
		}
	case *ssa.ChangeType:
		a.join(a.of(v), a.of(v.X))
	case *ssa.UnOp:
		if v.Op == token.MUL {
			a.join(a.of(v), a.cell(v.X))
		} else {
			a.enters(v) // received from a channel of channels
		}
	case *ssa.Field:
		a.join(a.of(v), a.field(v.X.Type(), v.Field))
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			a.join(a.of(v), a.result(call, v.Index))
		} else {
			a.enters(v)
		}
	case *ssa.Call:
		a.join(a.of(v), a.result(v, 0))
	default:
		a.enters(v)
	}
}

// result returns the channel that the called function returns.
func (a *aliases) result(call *ssa.Call, n int) *channel {
	if fn := a.callee(call); fn != nil {
		return a.of(result{fn, n})
	}
	return &channel{foreign: true}
}

// callee returns the function of the package that is called for certain, in
// its generic form, or nil.
func (a *aliases) callee(call ssa.CallInstruction) *ssa.Function {
	fn := call.Common().StaticCallee()
	if fn == nil {
		return nil
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if fn.Pkg != a.pkg || len(fn.Blocks) == 0 || fn.Synthetic != "" {
		return nil
	}
	return fn
}

// cell returns the channel that lies at an address.
func (a *aliases) cell(addr ssa.Value) *channel {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return a.of(addr)
	case *ssa.FreeVar:
		return a.of(addr)
	case *ssa.FieldAddr:
		return a.field(addr.X.Type(), addr.Field)
	case *ssa.Global:
		c := a.of(addr)
		if addr.Pkg != a.pkg || addr.Object() == nil || addr.Object().Exported() && a.pkg.Pkg.Name() != "main" {
			c.foreign = true
		} else if v, ok := addr.Object().(*types.Var); ok {
			c.fields = append(c.fields, v)
		}
		return c
	}
	c := a.of(addr)
	c.foreign = true
	return c
}

// field returns the channel that a struct's field holds, whichever struct of
// the type.
func (a *aliases) field(t types.Type, index int) *channel {
	t = pointedTo(t)
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return &channel{foreign: true} // a type parameter's core type
	}
	v := structure.Field(index).Origin()
	if named, ok := types.Unalias(t).(*types.Named); ok {
		a.owners[v] = named.Origin()
	}
	c := a.of(v)
	if len(c.fields) == 0 {
		c.fields = append(c.fields, v)
	}
	c.foreign = c.foreign || v.Exported() || v.Pkg() != a.pkg.Pkg
	return c
}

func pointedTo(t types.Type) types.Type {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		return pointer.Elem()
	}
	return t
}
