package hotpointer

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// linkOf returns the index of the only field by which a node can reach others
// of its kind, or -1.
func linkOf(node *types.Named) int {
	fields, ok := node.Underlying().(*types.Struct)
	if !ok {
		return -1
	}
	link := -1
	for i := range fields.NumFields() {
		t := fields.Field(i).Type()
		if !(reach{hidden: true}).find(t, func(part types.Type) bool { return types.Identical(part, node) }) {
			continue
		}
		if link >= 0 || !pointsTo(t, node) {
			return -1
		}
		link = i
	}
	return link
}

// A list judges what a package does with nodes of one type.
type list struct {
	node *types.Named
	link int // the field that points to the next
}

func (l *list) plainIn(fn *ssa.Function) bool {
	for _, free := range fn.FreeVars {
		if l.mentions(free.Type()) {
			return false
		}
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if !l.plain(instr) {
				return false
			}
		}
	}
	return true
}

// mentions reports whether a value of the type is, or directly holds, nodes.
func (l *list) mentions(t types.Type) bool {
	return reach{hidden: true}.find(t, func(part types.Type) bool { return types.Identical(part, l.node) })
}

// plain reports whether an instruction does with nodes only what a slice can
// stand in for.
func (l *list) plain(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		return !l.isLink(instr.Type()) || onlyAccessed(instr)
	case *ssa.Phi:
		return !l.isLink(instr.Type())
	case *ssa.UnOp, *ssa.DebugRef, *ssa.Alloc:
		return true
	case *ssa.BinOp:
		return !pointsTo(instr.X.Type(), l.node) || isNil(instr.X) || isNil(instr.Y)
	case *ssa.Store:
		return !pointsTo(instr.Val.Type(), l.node) || l.plainStore(instr)
	case *ssa.Return:
		return !slices.ContainsFunc(instr.Results, l.isTail) && !l.within(instr)
	case *ssa.Call:
		callee := instr.Call.StaticCallee()
		return !l.within(instr) && (callee != nil && callee.Blocks != nil || !l.hasNode(instr))
	}
	return !l.within(instr) && !l.hasNode(instr)
}

// hasNode reports whether an operand is a pointer to a node.
func (l *list) hasNode(instr ssa.Instruction) bool {
	return slices.ContainsFunc(instr.Operands(nil), func(operand *ssa.Value) bool {
		return *operand != nil && pointsTo((*operand).Type(), l.node)
	})
}

// within reports whether an operand holds nodes otherwise: in a slice, map,
// or value.
func (l *list) within(instr ssa.Instruction) bool {
	return slices.ContainsFunc(instr.Operands(nil), func(operand *ssa.Value) bool {
		return *operand != nil && !pointsTo((*operand).Type(), l.node) && l.mentions((*operand).Type())
	})
}

// isTail reports whether the value was read from a node's link: who gets it
// shares the rest of the list.
func (l *list) isTail(v ssa.Value) bool {
	from, ok := loadedFrom(v).(*ssa.FieldAddr)
	return ok && from.Field == l.link && pointsTo(from.X.Type(), l.node)
}

// isLink reports whether the type is that of addresses of links, which
// walks that unlink nodes hold.
func (l *list) isLink(t types.Type) bool {
	p := pointee(t)
	return p != nil && pointsTo(p, l.node)
}

// onlyAccessed reports whether an address is used for nothing but loads and
// stores.
func onlyAccessed(address ssa.Value) bool {
	for _, ref := range *address.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr != address {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// plainStore judges a pointer to a node that is stored somewhere:
//
//	x = &node{…}    x = nil         new, or none
//	x = build()                     new, with others behind it
//	x = x.next                      pop
//	n := &node{…}; n.next = x       push in front
func (l *list) plainStore(store *ssa.Store) bool {
	if to, ok := store.Addr.(*ssa.FieldAddr); ok && l.isNew(to.X) && to.Field == l.link {
		return l.pushes(to.X, store.Val)
	}
	if l.isBuilt(store.Val) {
		return true
	}
	if !l.isTail(store.Val) {
		return false
	}
	tail, ok := loadedFrom(store.Val).(*ssa.FieldAddr)
	head := loadedFrom(tail.X)
	return ok && head != nil && samePlace(head, store.Addr)
}

// isBuilt reports whether the value is nil or the head of a list that nobody
// else has: a new node, what a loop pushes them on, or the result of a
// function that returns such a head.
func (l *list) isBuilt(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return l.isLocal(v, nil)
	}
	callee := call.Call.StaticCallee()
	if callee == nil || callee.Blocks == nil || len(*call.Referrers()) > 1 {
		return false
	}
	for _, block := range callee.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && !l.isLocal(ret.Results[0], nil) {
			return false
		}
	}
	return true
}

// isLocal reports whether the value is nil, a new node, or one or the other.
func (l *list) isLocal(v ssa.Value, seen []ssa.Value) bool {
	if isNil(v) || l.isNew(v) || slices.Contains(seen, v) {
		return true
	}
	phi, ok := v.(*ssa.Phi)
	return ok && !slices.ContainsFunc(phi.Edges, func(edge ssa.Value) bool { return !l.isLocal(edge, append(seen, v)) })
}

// pushes reports whether the new node takes the place of the one it links to,
// so that the list has one head still.
func (l *list) pushes(node, old ssa.Value) bool {
	head := loadedFrom(old)
	if head == nil {
		return l.isLocal(old, nil) // a list in a local variable
	}
	for _, ref := range *node.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Val == node && !samePlace(store.Addr, head) {
			return false
		}
	}
	return true
}

func (l *list) isNew(v ssa.Value) bool {
	alloc, ok := v.(*ssa.Alloc)
	return ok && pointsTo(alloc.Type(), l.node) && !isVariable(alloc)
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// loadedFrom returns the address that the value was loaded from, or nil.
func loadedFrom(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return nil
}
