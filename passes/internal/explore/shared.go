package explore

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// maxPairs is how many pairs of methods of a type are explored.
const maxPairs = 24

// clients lists the entries for types that goroutines share: each has a lock
// or an atomic among its fields, or starts goroutines.
func clients(pkg *ssa.Package, funcs []*ssa.Function) []*Entry {
	methods := make(map[*types.Named][]*ssa.Function)
	makers := make(map[*types.Named][]*ssa.Function)
	var order []*types.Named
	for _, fn := range funcs {
		if fn.Parent() != nil || fn.Blocks == nil || fn.TypeParams() != nil || isTest(fn) {
			continue
		}
		if recv := fn.Signature.Recv(); recv != nil {
			if t := model.ReceiverNamed(recv.Type()); t != nil && t.TypeParams() == nil {
				if methods[t] == nil {
					order = append(order, t)
				}
				methods[t] = append(methods[t], fn)
			}
			continue
		}
		if t := makes(fn, pkg.Pkg); t != nil {
			makers[t] = append(makers[t], fn)
		}
	}
	prints, called := &footprints{done: make(map[*ssa.Function]*footprint)}, calledFunctions(funcs)
	var entries []*Entry
	for _, t := range order {
		entries = append(entries, clientsOf(t, methods[t], makers[t], prints, called)...)
	}
	return entries
}

// makes returns the type of the package that a function constructs, or nil.
func makes(fn *ssa.Function, pkg *types.Package) *types.Named {
	results := fn.Signature.Results()
	for v := range results.Variables() {
		t := model.ReceiverNamed(v.Type())
		if t == nil || t.Obj().Pkg() != pkg || t.TypeParams() != nil {
			continue
		}
		if _, isStruct := t.Underlying().(*types.Struct); isStruct {
			return t
		}
	}
	return nil
}

// clientsOf lists the entries for one type.
func clientsOf(t *types.Named, methods, makers []*ssa.Function, prints *footprints, called map[*ssa.Function]bool) []*Entry {
	shape, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	guarded := synchronised(shape, 0)
	starts := slices.ContainsFunc(methods, spawnsItself) || slices.ContainsFunc(makers, func(fn *ssa.Function) bool { return prints.of(fn).spawns })
	serving := slices.DeleteFunc(slices.Clone(methods), func(fn *ssa.Function) bool { return !handlesRequests(fn.Signature) })
	if !guarded && !starts && len(serving) == 0 {
		return nil
	}
	// Unexported methods that the package calls know what their callers hold.
	methods = slices.DeleteFunc(slices.Clone(methods), func(fn *ssa.Function) bool { return called[fn] && !isExported(fn) })
	if len(makers) == 0 {
		makers = []*ssa.Function{nil}
	}
	var entries []*Entry
	for _, construct := range makers[:min(len(makers), 2)] {
		if guarded {
			entries = append(entries, together(t, construct, methods, prints, Client)...)
		} else {
			entries = append(entries, together(t, construct, serving, prints, Handler)...)
		}
		entries = append(entries, inTurn(t, construct, methods, prints)...)
	}
	return entries[:min(len(entries), 2*maxPairs)]
}

// synchronised reports whether a struct holds a lock or an atomic: evidence
// that goroutines share it.
func synchronised(shape *types.Struct, depth int) bool {
	for field := range shape.Fields() {
		switch name := model.TypeKey(field.Type()); name {
		case "sync.Mutex", "sync.RWMutex":
			return true
		case "sync/atomic.Bool", "sync/atomic.Int32", "sync/atomic.Int64", "sync/atomic.Uint32", "sync/atomic.Uint64", "sync/atomic.Pointer", "sync/atomic.Value":
			return true
		}
		if inner, ok := field.Type().Underlying().(*types.Struct); ok && depth < 2 && synchronised(inner, depth+1) {
			return true
		}
	}
	return false
}

// together pairs methods that can disturb one another.
func together(t *types.Named, construct *ssa.Function, methods []*ssa.Function, prints *footprints, kind EntryKind) []*Entry {
	var entries []*Entry
	for i, first := range methods {
		for _, second := range methods[i:] {
			p, q := prints.of(first), prints.of(second)
			if p.disturbs(q) || p.waits && p.locks > 0 && q.locks > 0 {
				entries = append(entries, newClient(kind, &client{typ: t, construct: construct, setup: setup(methods, first, second, prints), first: first, second: second}))
			}
		}
	}
	return entries[:min(len(entries), maxPairs)]
}

// setup returns the method that fills what a pair works on with channels, if
// there is one.
func setup(methods []*ssa.Function, first, second *ssa.Function, prints *footprints) *ssa.Function {
	p, q := prints.of(first), prints.of(second)
	if !p.waits && !q.waits {
		return nil
	}
	for _, fn := range methods {
		if fn != first && fn != second && !prints.of(fn).waits && prints.of(fn).fills(p) && prints.of(fn).fills(q) {
			return fn
		}
	}
	return nil
}

// inTurn pairs each method with those that start goroutines, or stands it
// alone when the constructor does.
func inTurn(t *types.Named, construct *ssa.Function, methods []*ssa.Function, prints *footprints) []*Entry {
	starters := []*ssa.Function{nil}
	if construct == nil || !prints.of(construct).spawns {
		starters = slices.DeleteFunc(slices.Clone(methods), func(fn *ssa.Function) bool { return !prints.of(fn).spawns })
	}
	slices.SortStableFunc(starters, func(a, b *ssa.Function) int { return cmp.Compare(nesting(a), nesting(b)) })
	var entries []*Entry
	for _, start := range starters[:min(len(starters), 3)] {
		before := prints.ofStart(construct, start)
		for _, fn := range methods {
			if isSetter(fn) || !before.disturbs(prints.of(fn)) {
				continue
			}
			entries = append(entries, newClient(Client, &client{typ: t, construct: construct, first: start, second: fn, inTurn: true}))
		}
	}
	return entries[:min(len(entries), maxPairs)]
}

// ofStart is the footprint of what starts goroutines.
func (f *footprints) ofStart(construct, start *ssa.Function) *footprint {
	if start == nil {
		return f.of(construct)
	}
	return f.of(start)
}

// nesting orders starters: those that hold a go statement themselves first.
func nesting(fn *ssa.Function) int {
	if fn == nil || spawnsItself(fn) {
		return 0
	}
	return 1
}

func newClient(kind EntryKind, c *client) *Entry {
	name := c.second.Name()
	switch {
	case c.first != nil && c.inTurn:
		name = c.first.Name() + ", then " + name
	case c.first != nil:
		name = c.first.Name() + " and " + name
	}
	return &Entry{Name: c.typ.Obj().Name() + ": " + name, Func: c.second, Kind: kind, library: true, client: c}
}
