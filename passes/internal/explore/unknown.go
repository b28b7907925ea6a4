package explore

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// unknownCall does what is known of unknown code: its results are new, and
// what it was given may be used by others from now on.
func (m *machine) unknownCall(inv *invocation, d delivery) {
	if inv.fn != nil && inv.fn.Synthetic == "package initializer" {
		m.deliver(d, nil)
		return
	}
	if runsC(inv.fn) {
		m.exposeToC()
	}
	m.g.hooked = m.g.hooked || m.isHook(inv.fn)
	m.contract(inv)
	if text := m.asksForText(inv); text != nil {
		m.push(text, d)
		m.fr.after = func(m *machine, _ value) value { return m.unknownResult(inv, d) }
		return
	}
	f := m.calledBack(inv)
	harmless := inv.fn != nil && inv.fn.Object() != nil && model.KeepsNothing(inv.fn.Object().(*types.Func))
	if !harmless || f == nil && slices.ContainsFunc(inv.args, isClosure) {
		for _, arg := range inv.args {
			m.escape(arg)
			m.havoc(arg)
			m.havocCaptured(arg, maxCaptured)
		}
		if m.fr == nil || !m.fr.code.model { // fmt's call of Error tells nobody
			m.g.calls++
			m.callers[m.g.id] = max(m.callers[m.g.id], m.g.calls)
		}
	}
	if f != nil {
		caller := "callbacks"
		if f.fn.Synthetic == rangeOverFunc {
			caller = "iterate"
		}
		m.push(&invocation{fn: m.models.pkg.Func(caller), args: []value{f}, pos: inv.pos}, d)
		m.fr.after = func(m *machine, _ value) value { return m.unknownResult(inv, d) }
		return
	}
	m.deliver(d, m.unknownResult(inv, d))
}

// maxCaptured bounds the literals that capture one another.
const maxCaptured = 3

// havocCaptured forgets the variables of basic type that a function literal
// sets, or one that it has captured: unknown code may run it.
func (m *machine) havocCaptured(v value, depth int) {
	c, ok := v.(*closure)
	if !ok || depth == 0 {
		return
	}
	for i, bound := range c.bind {
		p, isPointer := bound.(pointer)
		if isPointer && i < len(c.fn.FreeVars) && isSet(c.fn.FreeVars[i]) {
			m.havoc(p)
		}
		if o := m.st.object(p.obj); isPointer && o != nil {
			m.havocCaptured(o.val, depth-1)
		}
	}
}

// isSet reports whether a literal sets a variable that it has captured.
func isSet(free *ssa.FreeVar) bool {
	return slices.ContainsFunc(*free.Referrers(), func(ref ssa.Instruction) bool {
		store, ok := ref.(*ssa.Store)
		return ok && store.Addr == free
	})
}

// isHook reports whether a function belongs to the runtime or is a part of the
// package that isn't written in Go.
func (m *machine) isHook(fn *ssa.Function) bool {
	return fn != nil && fn.Pkg != nil && fn.Blocks == nil && (fn.Pkg == m.pkg || fn.Pkg.Pkg.Path() == "runtime")
}

func isClosure(v value) bool {
	_, ok := v.(*closure)
	return ok
}

func (m *machine) unknownResult(inv *invocation, d delivery) value {
	if d.dst < 0 {
		return nil
	}
	t := inv.result
	if t == nil {
		t = m.resultType(inv.sig)
	}
	v := m.fresh(t)
	if inv.fn != nil && model.NeverNil(declared(inv.fn)) {
		m.assumeNonNil(v)
	}
	return v
}

// calledBack returns the function of the program's that unknown code calls
// before it returns: the argument of a library function that is known to, or
// the body of a range over an unknown iterator.
func (m *machine) calledBack(inv *invocation) *closure {
	synchronous := inv.fn != nil && declared(inv.fn) != nil && model.CallsSynchronously(declared(inv.fn))
	for _, arg := range inv.args {
		c, ok := arg.(*closure)
		if !ok || c.fn.Blocks == nil || m.tooDeep(c.fn) {
			continue
		}
		if synchronous || c.fn.Synthetic == rangeOverFunc {
			return c
		}
	}
	return nil
}

// rangeOverFunc marks the bodies of ranges over functions.
const rangeOverFunc = "range-over-func yield"

func (m *machine) resultType(sig *types.Signature) types.Type {
	if sig.Results().Len() == 1 {
		return sig.Results().At(0).Type()
	}
	return sig.Results()
}

// escape marks what a value refers to as known to code that we don't see.
func (m *machine) escape(v value) {
	switch v := v.(type) {
	case pointer:
		if o := m.st.object(v.obj); o != nil && !o.escaped {
			m.st.mutable(v.obj).escaped = true
		}
	case slice:
		m.escape(v.base)
	case *closure:
		for _, b := range v.bind {
			m.escape(b)
		}
	case iface:
		m.escape(v.val)
	case *aggregate:
		for _, e := range v.elems {
			m.escape(e)
		}
	}
}

// havoc forgets a variable of basic type, or a field of one, whose address
// unknown code was given: it is an output parameter.
func (m *machine) havoc(v value) {
	if i, ok := v.(iface); ok {
		v = i.val
	}
	p, ok := v.(pointer)
	if !ok {
		return
	}
	o := m.st.object(p.obj)
	if o == nil {
		return
	}
	t := typeAt(o.typ, p.path)
	if t == nil {
		return
	}
	if _, basic := t.Underlying().(*types.Basic); basic {
		m.store(p, m.fresh(t))
	}
}
