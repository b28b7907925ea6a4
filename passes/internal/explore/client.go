package explore

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A client is an entry that nobody wrote: code outside of the package makes a
// value of one of its types and calls methods, one after the other or two at
// the same time.
type client struct {
	typ           *types.Named   // nil for functions
	constructor   *ssa.Function  // nil: the package's own composite literals stand for it
	setup         *ssa.Function  // fills what the others use, or makes the product; or nil
	product       *types.Named   // a type whose methods are called too, or nil
	returned      []returnedFunc // functions that the setup returns and that are called too
	first, second *ssa.Function  // the second may be nil
	together      bool           // at the same time
	again         bool           // one after the other, twice
	repeated      bool           // the first method twice, so that what it left to a timer meets it
	probe         bool           // says what a sequence does to judge the pair by
	served        bool           // they are handlers, which a server calls
	prints        footprints     // of the package's functions, for all its clients

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
		typ, results := m.entry.client.typ, made.fn.Signature.Results()
		x := m.ofType(typ, results, m.kept(results, v, func(i int) bool { return originOf(results.At(i).Type()) == typ }))
		m.clientOf = x.obj
		return x
	}
}

// argument is what code that we don't see passes: something, but whether it is
// an error nobody knows. That it holds a lock it doesn't say, as it holds none.
func (m *machine) argument(p *ssa.Parameter) value {
	if saysLocked(p) {
		return false
	}
	v := m.fresh(p.Type())
	if !types.Identical(p.Type(), errorType) {
		m.assumeNonNil(v)
	}
	return v
}

// saysLocked reports whether a parameter tells the function that its caller
// holds the lock.
func saysLocked(p *ssa.Parameter) bool {
	t, ok := p.Type().Underlying().(*types.Basic)
	if !ok || t.Kind() != types.Bool {
		return false
	}
	switch strings.ToLower(p.Name()) {
	case "locked", "islocked", "alreadylocked", "lockheld", "havelock", "haslock", "holdslock", "nolock", "withoutlock":
		return true
	}
	return false
}

// kept returns the results of a call that the client goes on with, structs
// as variables. The other ones are code outside's; when one is an error, the
// path ends.
func (m *machine) kept(results *types.Tuple, v value, keep func(i int) bool) []value {
	values := []value{v}
	if results.Len() > 1 {
		tuple, ok := v.(*aggregate)
		if !ok {
			m.abandon("bad results")
			return nil
		}
		values = slices.Clone(tuple.elems)
	}
	for i, v := range values {
		switch t := results.At(i).Type(); {
		case types.Identical(t, errorType):
			m.succeeds(v)
		case !keep(i):
			m.escape(v)
		default:
			if _, isStruct := t.Underlying().(*types.Struct); isStruct {
				values[i] = pointer{obj: m.alloc(v, t, true)}
			}
		}
	}
	return values
}

// ofType picks the value of a type out of results; the path ends if it isn't
// there.
func (m *machine) ofType(typ *types.Named, results *types.Tuple, values []value) pointer {
	for i, v := range values {
		if p, ok := v.(pointer); ok && originOf(results.At(i).Type()) == typ {
			return p
		}
	}
	m.abandon("nothing was constructed")
	return pointer{}
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

// perform calls a method of the client's value, or of its product, or a
// function that its setup has returned. What it returns is the client's to
// use.
func perform(m *machine, inv *invocation, d delivery) {
	called, ok := inv.args[0].(*closure)
	if !ok {
		m.deliver(d, nilRef{})
		return
	}
	fn := called.fn
	run := m.performance(fn, inv.args[1], inv.args[2])
	if run == nil || !m.live() {
		return
	}
	m.event(eventOp, &site{fn: fn, pos: fn.Pos()}, m.entry.client.doing(fn))
	m.push(run, d)
	m.fr.after = func(m *machine, v value) value {
		c := m.entry.client
		c.ended = c.ended || fn == c.second
		switch {
		case fn == c.setup && c.goesOn():
			return &aggregate{m.kept(fn.Signature.Results(), v, c.keeps)}
		case fn == c.setup && c.inLayers():
			return v
		}
		m.escape(v)
		return nilRef{}
	}
}

// performance is the call of a function by the client, who has a value and
// what its setup has made.
func (m *machine) performance(fn *ssa.Function, x, made value) *invocation {
	c := m.entry.client
	run := &invocation{fn: fn, sig: fn.Signature}
	switch literal := m.literal(c, fn, made); {
	case literal != nil:
		run.fn, run.bind = literal.fn, literal.bind
	case len(fn.FreeVars) > 0:
		m.abandon("the literal wasn't made")
		return nil
	}
	for i, p := range run.fn.Params {
		if i == 0 && run.fn.Signature.Recv() != nil {
			run.args = append(run.args, m.receiverFor(fn, x, made))
			continue
		}
		run.args = append(run.args, m.argument(p))
	}
	return run
}

// literal returns the function value that stands for a function literal: one
// that the setup has returned, or that it has made.
func (m *machine) literal(c *client, fn *ssa.Function, made value) *closure {
	if i := c.resultOf(fn); i >= 0 {
		results, ok := made.(*aggregate)
		if !ok {
			return nil
		}
		literal, _ := results.elems[i].(*closure)
		return literal
	}
	if len(fn.FreeVars) > 0 {
		return m.st.registered
	}
	return nil
}

// receiverFor returns the receiver that a method wants: the address of the
// client's value, or of its product, or a copy.
func (m *machine) receiverFor(fn *ssa.Function, x, made value) value {
	c := m.entry.client
	if c.product != nil && originOf(fn.Signature.Recv().Type()) == c.product {
		results, ok := made.(*aggregate)
		if !ok {
			m.abandon("bad product")
			return nil
		}
		x = m.ofType(c.product, c.setup.Signature.Results(), results.elems)
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
