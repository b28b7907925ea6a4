package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// startsAnew reports whether a race is between two starts of one object, of
// which its owner makes one:
//
//	func (p *Provider) StartMember() { p.init(); p.register(); p.watch() }
//	func (p *Provider) StartClient() { p.init(); p.watch() }
//
// Both start the goroutine that takes part, or what is written is part of a
// function by which both set the object up with what they were given.
func (c *client) startsAnew(f *Finding) bool {
	if c.typ == nil {
		return false
	}
	if c.repeated && slices.ContainsFunc(f.Goroutines, func(g Goroutine) bool { return len(g.Spawn) > 0 && startsSame(c.first, c.first, g.Spawn[0]) }) {
		return true // it is called again for what it left to a timer
	}
	for _, one := range c.methods() {
		for _, other := range c.methods() {
			if one != other && c.twoStarts(one, other, f) {
				return true
			}
		}
	}
	return false
}

// methods returns the methods that the client calls.
func (c *client) methods() []*ssa.Function {
	return slices.DeleteFunc([]*ssa.Function{c.setup, c.first, c.second}, func(fn *ssa.Function) bool { return fn == nil })
}

func (c *client) twoStarts(one, other *ssa.Function, f *Finding) bool {
	first, second := c.prints.of(one), c.prints.of(other)
	for _, g := range f.Goroutines {
		if len(g.Spawn) > 0 && runsAt(one, first, g.Spawn[0]) && (runsAt(other, second, g.Spawn[0]) || startsSame(one, other, g.Spawn[0])) {
			return true
		}
	}
	for fn := range first.calls {
		for _, op := range f.Ops {
			if second.calls[fn] && declares(fn, op.Pos) && storesGiven(fn, op.Pos) {
				return true
			}
		}
	}
	return false
}

// runsAt reports whether a place lies in a function or in one that it calls.
func runsAt(fn *ssa.Function, f *footprint, at token.Pos) bool {
	if declares(fn, at) {
		return true
	}
	for callee := range f.calls {
		if declares(callee, at) {
			return true
		}
	}
	return false
}

// startsSame reports whether a function starts a goroutine that runs the same
// of the package's functions as the one that another starts at a place.
func startsSame(starter, other *ssa.Function, at token.Pos) bool {
	bodies := startedIn(starter, func(pos token.Pos) bool { return pos == at })
	for fn := range startedIn(other, token.Pos.IsValid) {
		if bodies[fn] {
			return true
		}
	}
	return false
}

// startedIn returns the functions with loops that a function's own go
// statements start, by themselves or out of a literal.
func startedIn(fn *ssa.Function, chosen func(token.Pos) bool) map[*ssa.Function]bool {
	found := make(map[*ssa.Function]bool)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if stmt, ok := instr.(*ssa.Go); ok && chosen(stmt.Pos()) {
				for _, body := range calledBy(&stmt.Call) {
					noteLoops(found, body)
				}
			}
		}
	}
	return found
}

// noteLoops adds what runs a loop: a function, or what a literal calls.
func noteLoops(found map[*ssa.Function]bool, body *ssa.Function) {
	if loops(body) {
		found[body] = true
	}
	if body.Parent() == nil {
		return
	}
	eachCall(body, func(call *ssa.CallCommon) {
		if callee := call.StaticCallee(); callee != nil && loops(callee) {
			found[callee] = true
		}
	})
}

func loops(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool {
		return slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return s.Dominates(b) })
	})
}

// saysAlone reports whether a method's comment says that its caller keeps
// others away.
func (c *client) saysAlone() bool {
	return slices.ContainsFunc(c.methods(), sharing.WantsLock)
}
