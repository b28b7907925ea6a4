package hotpointer

import (
	"go/token"
	"go/types"

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
	for _, param := range fn.Params {
		if l.mentions(param.Type()) {
			return false
		}
	}
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
	}
	for _, operand := range instr.Operands(nil) {
		if *operand != nil && l.mentions((*operand).Type()) {
			return false
		}
	}
	return true
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
//	x = x.next                      pop
//	n := &node{…}; n.next = x       push in front
func (l *list) plainStore(store *ssa.Store) bool {
	if isNil(store.Val) || l.isNew(store.Val) {
		return true
	}
	if to, ok := store.Addr.(*ssa.FieldAddr); ok && l.isNew(to.X) && to.Field == l.link {
		return l.pushes(to.X, store.Val)
	}
	from, ok := loadedFrom(store.Val).(*ssa.FieldAddr)
	if !ok || from.Field != l.link || !pointsTo(from.X.Type(), l.node) {
		return false
	}
	head := loadedFrom(from.X)
	return head != nil && samePlace(head, store.Addr)
}

// pushes reports whether the new node takes the place of the one it links to,
// so that the list has one head still.
func (l *list) pushes(node, old ssa.Value) bool {
	head := loadedFrom(old)
	if head == nil {
		_, loop := old.(*ssa.Phi)
		return loop || isNil(old) // a list in a local variable
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
