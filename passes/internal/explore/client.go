package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A client is a way to use what goroutines share: a value that a constructor
// of the package made, or an unknown one, and two of its methods, called at
// the same time or one after the other. For handlers there is no value.
type client struct {
	typ           *types.Named // nil for handlers
	construct     *ssa.Function
	setup         *ssa.Function // called before the others, if set
	first, second *ssa.Function
	inTurn        bool
}

// beginClient starts the code of the models that makes the calls.
func (m *machine) beginClient(st *state, c *client) {
	function := func(fn *ssa.Function) value {
		if fn == nil {
			return nilRef{}
		}
		return m.funcValue(fn)
	}
	switch {
	case c.typ == nil:
		m.call0(st, m.models.pkg.Func("runHandlers"), []value{function(c.first), function(c.second)})
	case c.inTurn:
		m.call0(st, m.models.pkg.Func("runInTurn"), []value{function(c.construct), function(c.first), function(c.second)})
	default:
		m.call0(st, m.models.pkg.Func("runClient"), []value{function(c.construct), function(c.setup), function(c.first), function(c.second)})
	}
}

// received takes the value that goroutines share out of what the constructor
// returned. A constructor that fails has nothing to share.
func received(m *machine, inv *invocation, d delivery) {
	c := m.entry.client
	if c.construct == nil {
		s := m.syms.intern(symParam, types.NewPointer(c.typ), nil, c.typ, 0)
		m.assumeNonNil(s)
		m.deliver(d, s)
		return
	}
	results := c.construct.Signature.Results()
	made := inv.args[0]
	for i := range results.Len() {
		v := made
		if results.Len() > 1 {
			v = m.part(made, m.paths.child(nil, int64(i), nil), results.At(i).Type())
		}
		switch t := results.At(i).Type(); {
		case model.ReceiverNamed(t) == c.typ:
			if _, isPointer := t.(*types.Pointer); !isPointer {
				v = pointer{obj: m.alloc(v, t, true)}
			}
			made = v
		case types.Identical(t, errorType):
			m.assumeNil(v)
		}
	}
	if _, isNil := made.(nilRef); isNil {
		m.abandon("nothing to share")
		return
	}
	m.assumeNonNil(made)
	m.deliver(d, made)
}

// assumeNil gives the path up unless a value is nil.
func (m *machine) assumeNil(v value) {
	switch v := v.(type) {
	case nilRef:
	case *symbol:
		c := m.syms.comparison(eql, v, nilRef{})
		if truth, known := m.st.facts.decide(c); known && !truth {
			m.abandon("nothing to share")
		} else if !known {
			m.st.facts = m.st.facts.with(c, true)
		}
	default:
		m.abandon("nothing to share")
	}
}

// callMethod calls a method of the shared value.
func callMethod(m *machine, inv *invocation, d delivery) {
	c, ok := inv.args[0].(*closure)
	if !ok { // there is no method to call
		m.deliver(d, nil)
		return
	}
	x := bare(inv.args[1])
	run := &invocation{fn: c.fn, bind: c.bind, pos: inv.pos, sig: c.fn.Signature}
	for i, p := range c.fn.Params {
		v := x
		if i > 0 {
			v = m.fresh(p.Type())
			m.assumeNonNil(v)
		} else if _, isPointer := p.Type().(*types.Pointer); !isPointer {
			if at, ok := m.refer(x); ok {
				v = m.load(at, p.Type())
			}
		}
		run.args = append(run.args, v)
	}
	m.invoke(run, d)
}

// concerns reports whether a race on an object can be a mistake of a client's
// type: the program made it, or it belongs to the shared value.
func (m *machine) concerns(id objID) bool {
	if m.entry.client == nil || !m.foreign(id) {
		return true
	}
	s := m.names.external(id)
	for s != nil && len(s.args) > 0 {
		s, _ = s.args[0].(*symbol)
	}
	return s != nil && s.kind == symParam
}
