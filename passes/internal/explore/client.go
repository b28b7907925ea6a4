package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A client is an entry that nobody wrote: code outside of the package makes a
// value of one of its types and calls methods, one after the other or two at
// the same time.
type client struct {
	typ           *types.Named  // nil for functions
	constructor   *ssa.Function // nil: the package's own composite literals stand for it
	setup         *ssa.Function // fills what the others use, or makes the product; or nil
	product       *types.Named  // a type whose methods are called too, or nil
	first, second *ssa.Function // the second may be nil
	together      bool          // at the same time
	again         bool          // one after the other, twice
	probe         bool          // says what a sequence does to judge the pair by
	served        bool          // they are handlers, which a server calls

	orders [2]*client     // of a pair: the same methods one after the other
	ended  bool           // the last method has returned, on some path
	shown  [][2]token.Pos // of a probe: where it did wrong
}

// What the steps of clients are called.
const (
	WhatCall  = "call"
	WhatServe = "serve a request"
)

// doing returns what the step is called that runs a function.
func (c *client) doing(fn *ssa.Function) string {
	if c.served && fn != c.setup {
		return WhatServe
	}
	return WhatCall
}

// isJudged reports whether what the client shows depends on what the same
// methods do in other orders.
func (c *client) isJudged() bool { return c.together || c.again }

func (c *client) name() string {
	name := "client: "
	if c.typ != nil {
		name = "client of " + c.typ.Obj().Name() + ": "
	}
	for _, fn := range []*ssa.Function{c.constructor, c.setup} {
		if fn != nil {
			name += fn.Name() + ", "
		}
	}
	name += c.first.Name()
	switch {
	case c.second == nil:
	case c.together:
		name += " beside " + c.second.Name()
	default:
		name += ", " + c.second.Name()
	}
	if c.again {
		name += ", again"
	}
	return name
}

// beginClient starts the client, which the prelude has the code of.
func (m *machine) beginClient(st *state, c *client) {
	m.st = st
	m.enter(0)
	script, x := "clientSequence", value(nilRef{})
	if c.together {
		script = "clientPair"
	}
	switch {
	case c.typ == nil:
	case c.constructor != nil:
		script = "made" + script[len("client"):]
		x = m.funcValue(c.constructor)
	default:
		m.clientOf = m.alloc(m.plausible(c.typ), c.typ, true)
		x = pointer{obj: m.clientOf}
	}
	args := []value{x, m.optional(c.setup), m.funcValue(c.first), m.optional(c.second)}
	if !c.together {
		args = append(args, c.again)
	}
	m.call0(st, m.models.pkg.Func(script), args)
}

func (m *machine) optional(fn *ssa.Function) value {
	if fn == nil {
		return nilRef{}
	}
	return m.funcValue(fn)
}

// plausible returns a value of a type as a composite literal may have made
// it: functions, interfaces and pointers are there and unknown, maps are
// there and empty, all else is zero.
func (m *machine) plausible(t types.Type) value {
	u, ok := t.Underlying().(*types.Struct)
	if !ok {
		return m.zero(t)
	}
	elems := make([]value, u.NumFields())
	for i := range elems {
		elems[i] = m.plausibleField(u.Field(i).Type())
	}
	return &aggregate{elems}
}

func (m *machine) plausibleField(t types.Type) value {
	switch u := t.Underlying().(type) {
	case *types.Signature, *types.Interface, *types.Pointer, *types.Chan:
		v := m.fresh(t)
		m.assumeNonNil(v)
		return v
	case *types.Map:
		return pointer{obj: m.alloc(&mapValue{}, t, true)}
	case *types.Struct:
		if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != m.pkg.Pkg {
			return m.zero(t)
		}
		return m.plausible(u)
	}
	return m.zero(t)
}

// construct calls a constructor with arguments that nothing is known of. Its
// value is that of the client's type; a constructor that fails ends the path.
func construct(m *machine, inv *invocation, d delivery) {
	made, ok := inv.args[0].(*closure)
	if !ok {
		m.abandon("no constructor")
		return
	}
	run := &invocation{fn: made.fn, sig: made.fn.Signature}
	for _, p := range made.fn.Params {
		run.args = append(run.args, m.argument(p))
	}
	m.push(run, d)
	m.fr.after = func(m *machine, v value) value {
		x := m.picked(m.entry.client.typ, made.fn.Signature.Results(), v)
		m.clientOf = x.obj
		return x
	}
}

// argument is what code that we don't see passes: something, but whether it is
// an error nobody knows.
func (m *machine) argument(p *ssa.Parameter) value {
	v := m.fresh(p.Type())
	if !types.Identical(p.Type(), errorType) {
		m.assumeNonNil(v)
	}
	return v
}

// picked picks the value of a type out of the results of what made it; the
// path ends if it isn't there.
func (m *machine) picked(typ *types.Named, results *types.Tuple, v value) pointer {
	values := []value{v}
	if results.Len() > 1 {
		tuple, ok := v.(*aggregate)
		if !ok {
			m.abandon("bad results")
			return pointer{}
		}
		values = tuple.elems
	}
	var x value
	for i, v := range values {
		t := results.At(i).Type()
		switch {
		case types.Identical(t, errorType):
			m.succeeds(v)
		case originOf(t) == typ:
			if _, isPointer := t.Underlying().(*types.Pointer); !isPointer {
				v = pointer{obj: m.alloc(v, t, true)}
			}
			x = v
		default:
			m.escape(v)
		}
	}
	p, ok := x.(pointer)
	if !ok {
		m.abandon("nothing was constructed")
	}
	return p
}

// succeeds ends the path if an error isn't nil, and assumes it is if that
// isn't known.
func (m *machine) succeeds(err value) {
	switch err := err.(type) {
	case nilRef:
	case *symbol:
		isNil := m.syms.comparison(token.EQL, err, nilRef{})
		if truth, known := m.st.facts.decide(isNil); !known {
			m.st.facts = m.st.facts.with(isNil, true)
		} else if !truth {
			m.abandon("constructor failed")
		}
	default:
		m.abandon("constructor failed")
	}
}

// perform calls a method of the client's value, or of its product. What it
// returns is the client's to use.
func perform(m *machine, inv *invocation, d delivery) {
	method, ok := inv.args[0].(*closure)
	if !ok {
		m.deliver(d, nilRef{})
		return
	}
	fn := method.fn
	run := &invocation{fn: fn, sig: fn.Signature}
	if len(fn.FreeVars) > 0 {
		made := m.st.registered
		if made == nil {
			m.abandon("the literal wasn't made")
			return
		}
		run.bind = made.bind
	}
	for i, p := range fn.Params {
		if i == 0 && fn.Signature.Recv() != nil {
			run.args = append(run.args, m.receiverFor(fn, inv.args[1], inv.args[2]))
			continue
		}
		run.args = append(run.args, m.argument(p))
	}
	if !m.live() {
		return
	}
	m.event(eventOp, &site{fn: fn, pos: fn.Pos()}, m.entry.client.doing(fn))
	m.push(run, d)
	m.fr.after = func(m *machine, v value) value {
		c := m.entry.client
		c.ended = c.ended || fn == c.second
		if fn == c.setup && c.product != nil {
			return m.picked(c.product, fn.Signature.Results(), v)
		}
		m.escape(v)
		return nilRef{}
	}
}

// receiverFor returns the receiver that a method wants: the address of the
// client's value, or of its product, or a copy.
func (m *machine) receiverFor(fn *ssa.Function, x, made value) value {
	if c := m.entry.client; c.product != nil && originOf(fn.Signature.Recv().Type()) == c.product {
		x = made
	}
	x = bare(x)
	if _, isPointer := fn.Signature.Recv().Type().Underlying().(*types.Pointer); isPointer {
		return x
	}
	p, ok := x.(pointer)
	if !ok {
		m.abandon("bad receiver")
		return nil
	}
	return m.load(p, nil)
}
