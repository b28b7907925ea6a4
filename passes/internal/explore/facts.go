package explore

import (
	"go/token"
	"go/types"
	"math"
)

// facts are the conditions assumed on a path, newest first: a persistent
// list, shared by the states that fork from one another.
type facts struct {
	parent  *facts
	cond    *symbol
	truth   bool
	fixed   uint64 // digest of the facts whose names don't depend on the path
	varying *facts // the next older fact of the others
	limit   *facts // this fact, or the next older one, that compares with a constant integer
	members idSet  // symbols of this fact and all older ones
}

// An idSet holds symbols, and others for which it takes them: what it doesn't
// hold isn't there.
type idSet [4]uint64

func (s *idSet) add(id int32) { s[id>>6&3] |= 1 << (id & 63) }

func (s *idSet) mayHold(id int32) bool { return s[id>>6&3]&(1<<(id&63)) != 0 }

func (f *facts) with(cond *symbol, truth bool) *facts {
	for cond.kind == symUnop && cond.tag == token.NOT {
		inner, ok := cond.args[0].(*symbol)
		if !ok {
			break
		}
		cond, truth = inner, !truth
	}
	next := &facts{parent: f, cond: cond, truth: truth}
	if f != nil {
		next.fixed, next.varying, next.limit, next.members = f.fixed, f.varying, f.limit, f.members
		if f.cond.varies {
			next.varying = f
		}
	}
	if isLimit(cond) {
		next.limit = next
	}
	next.members.add(cond.id)
	if !cond.varies {
		next.fixed += mix(cond.hash, 1+flag(truth))
	}
	return next
}

// isLimit reports whether a condition compares with a constant integer.
func isLimit(cond *symbol) bool {
	if cond.kind != symBinop || len(cond.args) != 2 {
		return false
	}
	_, left := cond.args[0].(int64)
	_, right := cond.args[1].(int64)
	return left || right
}

// lastLimit returns the newest fact that compares with a constant integer.
func (f *facts) lastLimit() *facts {
	if f == nil {
		return nil
	}
	return f.limit
}

// decide reports whether a condition follows from what is assumed: it was
// assumed itself, or the intervals of integers or an equality settle it.
func (f *facts) decide(cond *symbol) (truth, known bool) {
	if cond.kind == symUnop && cond.tag == token.NOT {
		if inner, ok := cond.args[0].(*symbol); ok {
			truth, known = f.decide(inner)
			return !truth, known
		}
	}
	if f != nil && f.members.mayHold(cond.id) {
		for at := f; at != nil; at = at.parent {
			if at.cond == cond {
				return at.truth, true
			}
		}
	}
	return f.decideUnassumed(cond)
}

// decideUnassumed is decide for a condition that isn't assumed itself.
func (f *facts) decideUnassumed(cond *symbol) (truth, known bool) {
	if cond.kind != symBinop {
		return false, false
	}
	if truth, known = f.decideOrder(cond); known {
		return truth, true
	}
	if truth, known = f.decideEqual(cond); known {
		return truth, true
	}
	return f.decideResult(cond)
}

// decideEqual settles x == c when x is already known to equal another
// constant.
func (f *facts) decideEqual(cond *symbol) (truth, known bool) {
	if cond.tag != token.EQL || isSymbol(cond.args[1]) {
		return false, false
	}
	for at := f; at != nil; at = at.parent {
		c := at.cond
		if !at.truth || c.kind != symBinop || c.tag != token.EQL || c.args[0] != cond.args[0] || isSymbol(c.args[1]) {
			continue
		}
		if equal, ok := same(c.args[1], cond.args[1]); ok && !equal {
			return false, true
		}
	}
	return false, false
}

// An interval bounds an integer, both ends included.
type interval struct{ lo, hi int64 }

// decideOrder compares the intervals of both operands, written as an unknown
// plus a constant.
func (f *facts) decideOrder(cond *symbol) (truth, known bool) {
	x, y := cond.args[0], cond.args[1]
	if !isInteger(x) || !isInteger(y) {
		return false, false
	}
	bx, kx := linear(x)
	by, ky := linear(y)
	if bx == by {
		return compareInts(cond.tag.(token.Token), kx, ky), true
	}
	a, b := f.bounds(x), f.bounds(y)
	switch cond.tag {
	case token.LSS:
		return a.hi < b.lo, a.hi < b.lo || a.lo >= b.hi
	case token.LEQ:
		return a.hi <= b.lo, a.hi <= b.lo || a.lo > b.hi
	case token.EQL:
		if a.lo > b.hi || a.hi < b.lo {
			return false, true
		}
		return true, a.lo == a.hi && b.lo == b.hi
	}
	return false, false
}

func compareInts(op token.Token, a, b int64) bool {
	switch op {
	case token.LSS:
		return a < b
	case token.LEQ:
		return a <= b
	case token.GTR:
		return a > b
	case token.GEQ:
		return a >= b
	case token.NEQ:
		return a != b
	}
	return a == b
}

// linear writes an integer as base + k, with a nil base for a constant.
func linear(v value) (base *symbol, k int64) {
	switch v := v.(type) {
	case int64:
		return nil, v
	case *symbol:
		if v.kind == symBinop && (v.tag == token.ADD || v.tag == token.SUB) {
			inner, okx := v.args[0].(*symbol)
			c, oky := v.args[1].(int64)
			if okx && oky {
				if v.tag == token.SUB {
					c = -c
				}
				base, k = linear(inner)
				return base, k + c
			}
		}
		return v, 0
	}
	return nil, 0
}

// bounds returns the interval of an integer under the facts. It ignores
// overflow, as a reader of the code does.
func (f *facts) bounds(v value) interval {
	base, k := linear(v)
	if base == nil {
		return interval{k, k}
	}
	iv := interval{math.MinInt64 / 4, math.MaxInt64 / 4}
	if base.kind == symLen || base.kind == symCap || isUnsigned(base.typ) {
		iv.lo = 0
	}
	if base.kind == symLen {
		iv.lo = base.n // the entries of a map that are known
	}
	for at := f.lastLimit(); at != nil; at = at.parent.lastLimit() {
		iv = narrow(iv, base, at)
	}
	for at := f.lastLimit(); at != nil; at = at.parent.lastLimit() { // x != end of the interval
		if c := at.cond; !at.truth && c.kind == symBinop && c.tag == token.EQL {
			b, kb := linear(c.args[0])
			if n, ok := c.args[1].(int64); ok && b == base {
				switch n - kb {
				case iv.lo:
					iv.lo++
				case iv.hi:
					iv.hi--
				}
			}
		}
	}
	return interval{iv.lo + k, iv.hi + k}
}

// narrow applies one fact about base to its interval.
func narrow(iv interval, base *symbol, at *facts) interval {
	c := at.cond
	if c.kind != symBinop || len(c.args) != 2 {
		return iv
	}
	bx, kx := linear(c.args[0])
	by, ky := linear(c.args[1])
	switch {
	case bx == base && by == nil && isInteger(c.args[1]):
		n := ky - kx // base op n
		switch {
		case c.tag == token.EQL && at.truth:
			return interval{max(iv.lo, n), min(iv.hi, n)}
		case c.tag == token.LSS && at.truth:
			iv.hi = min(iv.hi, n-1)
		case c.tag == token.LSS:
			iv.lo = max(iv.lo, n)
		case c.tag == token.LEQ && at.truth:
			iv.hi = min(iv.hi, n)
		case c.tag == token.LEQ:
			iv.lo = max(iv.lo, n+1)
		}
	case by == base && bx == nil && isInteger(c.args[0]):
		n := kx - ky // n op base
		switch {
		case c.tag == token.LSS && at.truth:
			iv.lo = max(iv.lo, n+1)
		case c.tag == token.LSS:
			iv.hi = min(iv.hi, n)
		case c.tag == token.LEQ && at.truth:
			iv.lo = max(iv.lo, n)
		case c.tag == token.LEQ:
			iv.hi = min(iv.hi, n-1)
		}
	}
	return iv
}

func isSymbol(v value) bool {
	_, ok := v.(*symbol)
	return ok
}

func isInteger(v value) bool {
	switch v := v.(type) {
	case int64:
		return true
	case *symbol:
		if v.typ == nil { // out of code that nothing is known of
			return false
		}
		b, ok := v.typ.Underlying().(*types.Basic)
		return ok && b.Info()&types.IsInteger != 0
	}
	return false
}

func isUnsigned(t types.Type) bool {
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsUnsigned != 0
}
