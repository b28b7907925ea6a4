package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A footprint is what a function and those that it calls or starts in the
// package do to fields and variables: enough to tell which methods can
// disturb one another, and no more.
type footprint struct {
	uses   map[types.Object]use
	spawns bool
	locks  int // distinct locks taken
	waits  bool
}

type use uint8

const (
	reads use = 1 << iota
	writes
	locks
)

// footprints computes the footprints of the functions of a package, each
// with those that it uses.
type footprints struct {
	done map[*ssa.Function]*footprint
}

func (f *footprints) of(fn *ssa.Function) *footprint {
	if p, ok := f.done[fn]; ok {
		return p
	}
	p := &footprint{uses: make(map[types.Object]use)}
	seen := make(map[*ssa.Function]bool)
	f.visit(p, fn, seen)
	for _, u := range p.uses {
		if u&locks != 0 {
			p.locks++
		}
	}
	f.done[fn] = p
	return p
}

func (f *footprints) visit(p *footprint, fn *ssa.Function, seen map[*ssa.Function]bool) {
	if seen[fn] || fn.Blocks == nil || len(seen) > 200 {
		return
	}
	seen[fn] = true
	p.spawns = p.spawns || spawnsItself(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			p.add(instr)
		}
	}
	for _, used := range usedFunctions(fn) {
		f.visit(p, used, seen)
	}
}

// add notes what one instruction does.
func (p *footprint) add(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		switch instr.Op {
		case token.MUL:
			p.note(instr.X, reads)
		case token.ARROW:
			p.waits = true
			p.note(instr.X, reads)
		}
	case *ssa.Store:
		p.note(instr.Addr, writes)
	case *ssa.MapUpdate:
		p.note(instr.Map, writes)
	case *ssa.Send:
		p.waits = true
		p.note(instr.Chan, reads)
	case *ssa.Select:
		p.waits = true
		for _, s := range instr.States {
			p.note(s.Chan, reads)
		}
	case ssa.CallInstruction:
		p.addCall(instr.Common())
	}
}

func (p *footprint) addCall(c *ssa.CallCommon) {
	if b, ok := c.Value.(*ssa.Builtin); ok && len(c.Args) > 0 {
		switch b.Name() {
		case "close", "delete", "clear":
			p.note(c.Args[0], writes)
		}
		return
	}
	callee := c.StaticCallee()
	if callee == nil || callee.Blocks != nil || len(c.Args) == 0 {
		return
	}
	switch model.LockOperation(declared(callee)) {
	case model.Acquire, model.AcquireShared:
		p.note(c.Args[0], locks)
	case model.NoLockOp:
		p.note(c.Args[0], reads)
	}
}

// note records the use of the field or variable that a value is, is the
// address of, or was loaded from.
func (p *footprint) note(v ssa.Value, u use) {
	for range 4 {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			t, ok := x.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
			if ok {
				p.uses[t.Field(x.Field)] |= u
			}
			return
		case *ssa.Global:
			if x.Object() != nil {
				p.uses[x.Object()] |= u
			}
			return
		case *ssa.UnOp:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		default:
			return
		}
	}
}

// disturbs reports whether two functions at the same time can be a mistake:
// one writes what the other uses, or both take locks in some order.
func (p *footprint) disturbs(q *footprint) bool {
	if p.locks > 1 && q.locks > 1 {
		return true
	}
	for object, u := range p.uses {
		if v, both := q.uses[object]; both && (u|v)&writes != 0 {
			return true
		}
	}
	return false
}

// fills reports whether one function writes something that another uses.
func (p *footprint) fills(q *footprint) bool {
	for object, u := range p.uses {
		if u&writes != 0 && q.uses[object] != 0 {
			return true
		}
	}
	return false
}
