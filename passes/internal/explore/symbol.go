package explore

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
)

// A symbol is an unknown value with an identity. Symbols are interned by
// what they stand for, so the same expression over the same unknowns is the
// same symbol, and a question asked of it twice gets one answer.
type symbol struct {
	id   int32
	kind symKind
	typ  types.Type
	args []value
	tag  any // operator, field, instruction: part of the identity
	n    int64
	hash uint64

	varies bool   // its name depends on the path: made by a goroutine
	family uint64 // what it is, names left out
	obj    objID  // what it refers to, once that was followed
}

type symKind uint8

const (
	symFresh   symKind = iota // result of unknown code: n-th of a goroutine
	symParam                  // parameter of the entry
	symGlobal                 // initial content of a variable of another package
	symDeref                  // initial content of what args[0] points to
	symElem                   // part n of args[0], or part args[1]
	symBinop                  // args[0] tag args[1]
	symUnop                   // tag args[0]
	symLen                    // length of args[0]
	symCap                    // capacity
	symConvert                // args[0] as another type
	symTypeIs                 // whether args[0] has dynamic type tag
	symUnbox                  // content of args[0], which has dynamic type typ
	symLookup                 // args[0][args[1]]
	symHas                    // whether args[1] is in args[0]
	symZero                   // a zero value too large to spell out
	symResult                 // what method tag of args[0] returns, always
	symSide                   // the state of the library object at args[0]
)

type symKey struct {
	kind symKind
	typ  types.Type
	a, b any
	tag  any
	n    int64
}

// symbols interns the symbols of an exploration.
type symbols struct {
	table map[symKey]*symbol
	tags  map[any]uint64
	all   []*symbol
}

// intern returns the symbol of a kind over one or two operands. Operands
// that can't be map keys are told apart by their digest.
func (s *symbols) intern(kind symKind, typ types.Type, args []value, tag any, n int64) *symbol {
	key := keyOf(kind, typ, args, tag, n)
	if sym, ok := s.table[key]; ok {
		return sym
	}
	sym := &symbol{id: int32(len(s.all)), kind: kind, typ: typ, args: args, tag: tag, n: n}
	sym.hash = mix(uint64(kind)<<32, uint64(sym.id)+7)
	s.classify(sym)
	s.all = append(s.all, sym)
	s.table[key] = sym
	return sym
}

func keyOf(kind symKind, typ types.Type, args []value, tag any, n int64) symKey {
	key := symKey{kind: kind, tag: tag, n: n}
	switch kind {
	case symFresh, symConvert, symUnbox, symZero: // paths differ in what their n-th unknown is
		key.typ = typ
	}
	if len(args) > 0 {
		key.a = internKey(args[0])
	}
	if len(args) > 1 {
		key.b = internKey(args[1])
	}
	return key
}

// forget drops the symbols from n on.
func (s *symbols) forget(from int) {
	for _, sym := range s.all[from:] {
		delete(s.table, keyOf(sym.kind, sym.typ, sym.args, sym.tag, sym.n))
	}
	clear(s.all[from:])
	s.all = s.all[:from]
}

// classify settles what of a symbol depends on the path that made it.
func (s *symbols) classify(sym *symbol) {
	number := sym.n
	if sym.kind == symFresh && sym.n != 0 {
		sym.varies, number = true, 0
	}
	for _, arg := range sym.args {
		sym.varies = sym.varies || varies(arg)
	}
	if !sym.varies {
		return
	}
	tag, ok := s.tags[sym.tag]
	if !ok {
		tag = uint64(len(s.tags)) + 1
		s.tags[sym.tag] = tag
	}
	sym.family = mix(mix(uint64(sym.kind), tag), uint64(number))
	if sym.typ != nil {
		sym.family = mix(sym.family, uint64(reflect.ValueOf(sym.typ).Pointer()))
	}
}

// varies reports whether a value names something that a goroutine made.
func varies(v value) bool {
	switch v := v.(type) {
	case *symbol:
		return v.varies
	case pointer, slice, iterator:
		return true
	case iface:
		return varies(v.val)
	case *aggregate:
		return slices.ContainsFunc(v.elems, varies)
	case *closure:
		return slices.ContainsFunc(v.bind, varies)
	}
	return false
}

func internKey(v value) any {
	switch v := v.(type) {
	case *aggregate, slice, iface, iterator, *closure:
		return digest(v)
	default:
		return v
	}
}

// elem returns part i of an unknown aggregate.
func (s *symbols) elem(of *symbol, i int64, typ types.Type) *symbol {
	return s.intern(symElem, typ, []value{of}, nil, i)
}

// not returns the negation of a condition, which stands for it everywhere:
// a comparison and its opposite are decided together.
func (s *symbols) not(c *symbol) *symbol {
	if c.kind == symUnop && c.tag == token.NOT {
		if inner, ok := c.args[0].(*symbol); ok {
			return inner
		}
	}
	return s.intern(symUnop, types.Typ[types.Bool], []value{c}, token.NOT, 0)
}

// comparison returns the condition x op y in a canonical form: the operators
// are == < <= only, the others being their negations or mirror images.
func (s *symbols) comparison(op token.Token, x, y value) *symbol {
	boolean := types.Typ[types.Bool]
	compare := func(op token.Token, x, y value) *symbol {
		return s.intern(symBinop, boolean, []value{x, y}, op, 0)
	}
	switch op {
	case token.NEQ:
		return s.not(s.comparison(token.EQL, x, y))
	case token.GTR:
		return compare(token.LSS, y, x)
	case token.GEQ:
		return compare(token.LEQ, y, x)
	case token.EQL:
		if _, known := x.(*symbol); !known || rank(y) > rank(x) {
			x, y = y, x
		}
	}
	return compare(op, x, y)
}

// rank orders the operands of a symmetric operator.
func rank(v value) int32 {
	if s, ok := v.(*symbol); ok {
		return s.id
	}
	return -1
}
