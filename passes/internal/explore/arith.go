package explore

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

const eql = token.EQL

var boolean types.Type = types.Typ[types.Bool]

// constant returns the value of an SSA constant.
func (m *machine) constant(c *ssa.Const) value {
	if v, ok := m.consts[c]; ok {
		return v
	}
	v := m.constantValue(c)
	if n, ok := countOf(c); ok && m.small != nil {
		if few, ok := m.small[n]; ok {
			v = few
		}
	}
	m.consts[c] = v
	return v
}

func (m *machine) constantValue(c *ssa.Const) value {
	if c.Value == nil {
		return m.zero(c.Type())
	}
	b, ok := c.Type().Underlying().(*types.Basic)
	if !ok {
		return m.syms.intern(symFresh, c.Type(), nil, c, 0)
	}
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return constant.BoolVal(c.Value)
	case info&types.IsInteger != 0:
		if n, exact := constant.Int64Val(constant.ToInt(c.Value)); exact {
			return n
		}
		n, _ := constant.Uint64Val(constant.ToInt(c.Value))
		return int64(n)
	case info&types.IsFloat != 0:
		f, _ := constant.Float64Val(c.Value)
		return f
	case info&types.IsComplex != 0:
		return c.Complex128()
	case info&types.IsString != 0 && c.Value.Kind() == constant.String:
		return constant.StringVal(c.Value)
	}
	return m.syms.intern(symFresh, c.Type(), nil, c, 0)
}

// unop is *p, -x, !x, ^x; a receive is elsewhere.
func (m *machine) unop(v *ssa.UnOp) value {
	if v.Op == token.MUL {
		return m.loadInstr(v)
	}
	switch x := m.get(v.X).(type) {
	case bool:
		return !x
	case int64:
		if v.Op == token.SUB {
			return wrap(-x, v.Type())
		}
		return wrap(^x, v.Type())
	case float64:
		return -x
	case complex128:
		return -x
	case *symbol:
		if v.Op == token.NOT {
			return m.syms.not(x)
		}
		return m.syms.intern(symUnop, v.Type(), []value{x}, v.Op, 0)
	}
	return m.fresh(v.Type())
}

func (m *machine) binop(v *ssa.BinOp) value {
	x, y := m.get(v.X), m.get(v.Y)
	if isComparison(v.Op) {
		outcome := m.comparison(v.Op, x, y, v.X.Type())
		m.compared(v, outcome)
		return outcome
	}
	switch a := x.(type) {
	case int64:
		if b, ok := y.(int64); ok {
			return m.intOp(v, a, b)
		}
	case float64:
		if b, ok := y.(float64); ok {
			return inexactOp(v.Op, a, b)
		}
	case complex128:
		if b, ok := y.(complex128); ok {
			return inexactOp(v.Op, a, b)
		}
	case string:
		if b, ok := y.(string); ok {
			return a + b
		}
	}
	return m.symbolicOp(v.Op, x, y, v.Type())
}

func (m *machine) comparison(op token.Token, x, y value, t types.Type) value {
	if op == token.EQL || op == token.NEQ {
		return m.equality(op, x, y, t)
	}
	return m.order(op, x, y, t)
}

// symbolicOp keeps sums in the form unknown ± constant, which intervals
// flow through.
func (m *machine) symbolicOp(op token.Token, x, y value, t types.Type) value {
	if _, known := x.(int64); known && op == token.ADD {
		x, y = y, x
	}
	if c, ok := y.(int64); ok && (op == token.ADD || op == token.SUB) && isSymbol(x) {
		if op == token.SUB {
			c = -c
		}
		base, k := linear(x)
		if base == nil || k+c == 0 {
			return base
		}
		return m.syms.intern(symBinop, t, []value{base, k + c}, token.ADD, 0)
	}
	return m.syms.intern(symBinop, t, []value{x, y}, op, 0)
}

func (m *machine) equality(op token.Token, x, y value, t types.Type) value {
	if equal, known := same(x, y); known {
		return equal == (op == token.EQL)
	}
	if a, ok := x.(*aggregate); ok {
		if b, ok := y.(*symbol); ok {
			if s := m.spelledOut(b, t); s != nil {
				return m.aggregateEquality(op, a, s)
			}
		}
	}
	if x == "" && hasText(y) || y == "" && hasText(x) {
		return op == token.NEQ
	}
	if m.foreignDynamicType(x, y) || m.foreignDynamicType(y, x) {
		return op == token.NEQ
	}
	if !isSymbol(x) && !isSymbol(y) {
		return m.fresh(boolean)
	}
	return m.syms.comparison(op, x, y)
}

// hasText reports whether a string can't be empty: a part of it isn't.
func hasText(v value) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case *symbol:
		return v.kind == symBinop && v.tag == token.ADD && (hasText(v.args[0]) || hasText(v.args[1]))
	}
	return false
}

func (m *machine) aggregateEquality(op token.Token, a, b *aggregate) value {
	if equal, known := sameElems(a.elems, b.elems); known {
		return equal == (op == token.EQL)
	}
	return m.fresh(boolean)
}

// foreignDynamicType reports that x is an interface value of an unexported
// type of this package and y is unknown and made elsewhere: they differ.
func (m *machine) foreignDynamicType(x, y value) bool {
	i, ok := x.(iface)
	s, unknown := y.(*symbol)
	return ok && unknown && m.madeElsewhere(s) && m.isPrivate(i.typ)
}

// madeElsewhere reports whether an unknown value is the result of code that
// we don't see.
func (m *machine) madeElsewhere(s *symbol) bool {
	switch s.kind {
	case symFresh, symGlobal:
		return true
	case symElem, symDeref:
		if of, ok := s.args[0].(*symbol); ok {
			return m.madeElsewhere(of)
		}
	}
	return false
}

func (m *machine) isPrivate(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && !n.Obj().Exported() && n.Obj().Pkg() == m.pkg.Pkg
}

func (m *machine) order(op token.Token, x, y value, t types.Type) value {
	switch a := x.(type) {
	case int64:
		if b, ok := y.(int64); ok {
			if isUnsigned(t) {
				return ordered(op, uint64(a), uint64(b))
			}
			return ordered(op, a, b)
		}
	case float64:
		if b, ok := y.(float64); ok {
			return ordered(op, a, b)
		}
	case string:
		if b, ok := y.(string); ok {
			return ordered(op, a, b)
		}
	}
	return m.syms.comparison(op, x, y)
}

func ordered[T int64 | uint64 | float64 | string](op token.Token, a, b T) bool {
	switch op {
	case token.LSS:
		return a < b
	case token.LEQ:
		return a <= b
	case token.GTR:
		return a > b
	}
	return a >= b
}

func (m *machine) intOp(v *ssa.BinOp, a, b int64) value {
	t := v.Type()
	unsigned := isUnsigned(t)
	switch v.Op {
	case token.ADD:
		return wrap(a+b, t)
	case token.SUB:
		return wrap(a-b, t)
	case token.MUL:
		return wrap(a*b, t)
	case token.QUO, token.REM:
		if b == 0 {
			m.throw(runtimeError("integer divide by zero"), "")
			return nil
		}
		return wrap(divide(v.Op, a, b, unsigned), t)
	case token.AND:
		return a & b
	case token.OR:
		return a | b
	case token.XOR:
		return wrap(a^b, t)
	case token.AND_NOT:
		return a &^ b
	case token.SHL:
		if uint64(b) > 63 {
			return int64(0)
		}
		return wrap(a<<uint(b), t)
	case token.SHR:
		if unsigned {
			if uint64(b) > 63 {
				return int64(0)
			}
			return int64(uint64(a) >> uint(b))
		}
		return a >> min(uint64(b), 63)
	}
	return m.fresh(t)
}

func divide(op token.Token, a, b int64, unsigned bool) int64 {
	switch {
	case unsigned && op == token.QUO:
		return int64(uint64(a) / uint64(b))
	case unsigned:
		return int64(uint64(a) % uint64(b))
	case b == -1 && op == token.QUO:
		return -a
	case b == -1:
		return 0
	case op == token.QUO:
		return a / b
	}
	return a % b
}

// wrap cuts an integer to the width of its type.
func wrap(n int64, t types.Type) int64 {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return n
	}
	switch b.Kind() {
	case types.Int8:
		return int64(int8(n))
	case types.Int16:
		return int64(int16(n))
	case types.Int32:
		return int64(int32(n))
	case types.Uint8:
		return int64(uint8(n))
	case types.Uint16:
		return int64(uint16(n))
	case types.Uint32:
		return int64(uint32(n))
	}
	return n
}

// inexactOp is an operation on floating-point or complex numbers.
func inexactOp[T float64 | complex128](op token.Token, a, b T) value {
	switch op {
	case token.ADD:
		return a + b
	case token.SUB:
		return a - b
	case token.MUL:
		return a * b
	}
	return a / b
}
