package paths

import (
	"fmt"
	"go/constant"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A normal is a condition in its normal form.
type normal struct {
	key     string
	negated bool
	decided *bool // the outcome, if it is known without a test
}

func (c *conditions) normal(k knowledge, v ssa.Value) normal {
	v = k.resolve(v)
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool {
			outcome := constant.BoolVal(v.Value)
			return normal{decided: &outcome}
		}
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return c.normal(k, v.X).not()
		}
	case *ssa.BinOp:
		return c.comparison(k, v)
	}
	return normal{key: c.operand(k, v, 0)}
}

func (n normal) not() normal {
	n.negated = !n.negated
	if n.decided != nil {
		outcome := !*n.decided
		n.decided = &outcome
	}
	return n
}

// comparison writes !=, >, <= and >= by == and <.
func (c *conditions) comparison(k knowledge, v *ssa.BinOp) normal {
	x, y := c.operand(k, v.X, 0), c.operand(k, v.Y, 0)
	switch v.Op {
	case token.EQL, token.NEQ:
		n := normal{key: x + "==" + y}
		if equal, known := equality(k.resolve(v.X), k.resolve(v.Y)); known {
			n.decided = &equal
		}
		if v.Op == token.NEQ {
			return n.not()
		}
		return n
	case token.LSS:
		return normal{key: x + "<" + y}
	case token.GEQ:
		return normal{key: x + "<" + y, negated: true}
	case token.GTR:
		return normal{key: y + "<" + x}
	case token.LEQ:
		return normal{key: y + "<" + x, negated: true}
	}
	return normal{key: x + v.Op.String() + y}
}

// equality decides comparisons of constants, and with nil.
func equality(x, y ssa.Value) (equal, known bool) {
	a, _ := x.(*ssa.Const)
	b, _ := y.(*ssa.Const)
	switch {
	case a != nil && b != nil && a.Value != nil && b.Value != nil:
		return constant.Compare(a.Value, token.EQL, b.Value), a.Value.Kind() == b.Value.Kind()
	case a != nil && b != nil:
		return a.Value == nil && b.Value == nil, true
	case b != nil && b.Value == nil:
		return false, neverNil(x)
	case a != nil && a.Value == nil:
		return false, neverNil(y)
	}
	return false, false
}

func neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeClosure, *ssa.MakeInterface, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Function, *ssa.Global:
		return true
	case *ssa.Call:
		fn := sharing.CalleeObject(&v.Call)
		return fn != nil && (model.Key(fn) == "errors.New" || model.Key(fn) == "fmt.Errorf")
	}
	return false
}

// operand names a value such that equal names are equal as text. Places
// stand in braces.
func (c *conditions) operand(k knowledge, v ssa.Value, depth int) string {
	v = k.resolve(v)
	if depth > 4 {
		return fmt.Sprintf("%p", v)
	}
	inner := func(v ssa.Value) string { return c.operand(k, v, depth+1) }
	switch v := v.(type) {
	case *ssa.Const:
		return v.String()
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return fmt.Sprintf("{%p}", c.evidence.PlaceOf(v.X))
		}
	case *ssa.Field:
		return fmt.Sprintf("{%p}", c.evidence.PlaceOf(v))
	case *ssa.BinOp:
		return "(" + inner(v.X) + v.Op.String() + inner(v.Y) + ")"
	case *ssa.Lookup:
		return inner(v.X) + "[" + inner(v.Index) + "]"
	case *ssa.TypeAssert:
		return inner(v.X) + ".(" + v.AssertedType.String() + ")"
	case *ssa.ChangeType:
		return inner(v.X)
	case *ssa.MakeInterface:
		return inner(v.X)
	case *ssa.Extract:
		switch v.Tuple.(type) {
		case *ssa.Lookup, *ssa.TypeAssert, *ssa.Call:
			return fmt.Sprint(inner(v.Tuple), "#", v.Index)
		}
	case *ssa.Call:
		return c.call(v, inner)
	}
	return fmt.Sprintf("%p", v)
}

// call names calls of one function with equal arguments alike.
func (c *conditions) call(v *ssa.Call, inner func(ssa.Value) string) string {
	var name string
	switch callee := v.Call.Value.(type) {
	case *ssa.Builtin:
		name = callee.Name()
	case *ssa.Function:
		name = fmt.Sprintf("%p", callee)
	default:
		if !v.Call.IsInvoke() {
			return fmt.Sprintf("%p", v)
		}
		name = inner(v.Call.Value) + "." + v.Call.Method.Name()
	}
	args := make([]string, len(v.Call.Args))
	for i, arg := range v.Call.Args {
		args[i] = inner(arg)
	}
	return name + "(" + strings.Join(args, ",") + ")"
}
