package maprange

import (
	"go/types"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A term is the value of an expression in one iteration, written with the
// iteration's key and value as the only unknowns that differ between
// iterations. Terms are equal if their values are, as long as no effect of
// the iteration comes between; that none does is assumed.
type term struct {
	op   string // what is done, and where for what nobody can compare
	fn   *types.Func
	args []*term
}

// The unknowns.
var (
	keyTerm   = &term{op: "key"}
	valueTerm = &term{op: "value"}
)

func (t *term) String() string {
	if len(t.args) == 0 {
		return t.op
	}
	args := make([]string, len(t.args))
	for i, arg := range t.args {
		args[i] = arg.String()
	}
	return t.op + "(" + strings.Join(args, ", ") + ")"
}

func (t *term) equal(other *term) bool { return t.String() == other.String() }

// holds reports whether other is the term or a part of it.
func (t *term) holds(other *term) bool {
	return t.equal(other) || slices.ContainsFunc(t.args, func(arg *term) bool { return arg.holds(other) })
}

// isPlace reports whether the term names one variable: the same in all
// iterations.
func (t *term) isPlace() bool {
	switch {
	case strings.HasPrefix(t.op, "var "):
		return true
	case strings.HasPrefix(t.op, "."), t.op == "*":
		return t.args[0].isPlace()
	case t.op == "[]":
		return t.args[0].isPlace() && !t.varies()
	}
	return false
}

// isFixed reports whether the term is a constant or a variable from outside the
// loop.
func (t *term) isFixed() bool { return strings.HasPrefix(t.op, "const ") || t.isPlace() }

// varies reports whether the term depends on the iteration.
func (t *term) varies() bool { return t.holds(keyTerm) || t.holds(valueTerm) }

// next returns the term as the iteration on an entry (key, value) has it.
func (t *term) next(key, value *term) *term {
	switch t {
	case keyTerm:
		return key
	case valueTerm:
		return value
	}
	if len(t.args) == 0 {
		return t
	}
	args := make([]*term, len(t.args))
	for i, arg := range t.args {
		args[i] = arg.next(key, value)
	}
	return (&term{t.op, t.fn, args}).normal()
}

// normal leaves out the second of two equal steps of which one is enough,
// ToLower(ToLower(s)), and takes a field of a struct that is written out.
func (t *term) normal() *term {
	if field, ok := strings.CutPrefix(t.op, "."); ok {
		if i := t.args[0].field(field); i >= 0 {
			return t.args[0].args[i]
		}
	}
	if t.fn == nil || len(t.args) == 0 || !model.Settles(t.fn) {
		return t
	}
	inner := t.args[0]
	if inner.fn != t.fn || len(inner.args) != len(t.args) {
		return t
	}
	for i := range t.args[1:] {
		if !t.args[i+1].equal(inner.args[i+1]) {
			return t
		}
	}
	return inner
}

// leads reports whether the term, a key, leads from one key to another one
// as far as is known: it takes a step from a key to its neighbours, or makes
// a longer one. Calls of unknown functions may come back to where they began.
func (t *term) leads() bool {
	switch {
	case t.op == "elem" || t.op == "index":
		return t.args[0].varies()
	case strings.HasPrefix(t.op, structOp+" "):
		return t.changesField()
	case t.fn != nil && model.Settles(t.fn):
		return t.args[0].leads()
	case t.fn != nil:
		return model.MakesAnother(t.fn) && t.varies()
	case strings.HasPrefix(t.op, "."), t.op == "[]", t.op == "+", t.op == "-", t.op == "*", t.op == "/", t.op == "<<", t.op == ">>":
		return t.varies()
	case strings.HasPrefix(t.op, "either"):
		return slices.ContainsFunc(t.args, (*term).leads)
	}
	return false
}
