package hotpointer

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// isSwap recognises v[i], v[j] = v[j], v[i]: what is stored comes from the
// same slice.
func isSwap(store *ssa.Store) bool {
	load, ok := store.Val.(*ssa.UnOp)
	if !ok {
		return false
	}
	from, ok1 := load.X.(*ssa.IndexAddr)
	to, ok2 := store.Addr.(*ssa.IndexAddr)
	return ok1 && ok2 && samePlace(from.X, to.X)
}

// samePlace reports whether two values are the same, or were read from the
// same field or element of the same object.
func samePlace(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	switch a := a.(type) {
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == b.Op && samePlace(a.X, b.X)
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && samePlace(a.X, b.X)
	case *ssa.IndexAddr:
		b, ok := b.(*ssa.IndexAddr)
		return ok && a.Index == b.Index && samePlace(a.X, b.X)
	}
	return false
}

// keptTwice reports whether one object can be kept in two places, or by two
// turns of a loop that doesn't make it.
func keptTwice(alloc *ssa.Alloc, u usage) bool {
	return len(u.kept) > 1 || len(u.kept) == 1 && follows(u.kept[0], u.kept[0], alloc)
}

// storedAfter reports whether a store through the pointer can follow a place
// that keeps it, without a new object in between: the one kept would change,
// a copy wouldn't.
func storedAfter(alloc *ssa.Alloc, u usage) bool {
	for _, keep := range u.kept {
		for _, store := range u.stores {
			if follows(keep, store, alloc) {
				return true
			}
		}
	}
	return false
}

// follows reports whether a path leads from one instruction to another that
// doesn't pass the allocation.
func follows(from, to, alloc ssa.Instruction) bool {
	if from.Block() == to.Block() && position(from) < position(to) {
		return true
	}
	seen := make(map[*ssa.BasicBlock]bool)
	var search func(b *ssa.BasicBlock) bool
	search = func(b *ssa.BasicBlock) bool {
		if b == alloc.Block() || seen[b] {
			return false
		}
		seen[b] = true
		return b == to.Block() || slices.ContainsFunc(b.Succs, search)
	}
	return slices.ContainsFunc(from.Block().Succs, search)
}

func position(instr ssa.Instruction) int {
	return slices.Index(instr.Block().Instrs, instr)
}
