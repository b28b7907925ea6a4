package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// An invocation is a call whose function and arguments are evaluated: what a
// go or defer statement keeps.
type invocation struct {
	fn      *ssa.Function // nil: a builtin, or unknown
	bind    []value
	builtin *ssa.Builtin
	method  *types.Func // of an interface value we don't know
	recv    *symbol     // that value, or the unknown function value
	args    []value
	sig     *types.Signature
	pos     token.Pos
	result  types.Type // static type of the call's value, nil in go and defer
}

// A delivery says where the result of a call goes.
type delivery struct {
	dst      int32 // register, or -1
	advance  bool  // then go on behind the call
	deferred bool  // called by a frame that returns or unwinds
}

func (m *machine) call(fr *frame, instr *ssa.Call) {
	inv := m.resolve(&instr.Call, instr.Pos())
	if inv == nil {
		return
	}
	inv.result = instr.Type()
	m.invoke(inv, delivery{dst: fr.code.index[instr], advance: true})
}

// resolve evaluates the function and the arguments of a call. It returns nil
// when that panics.
func (m *machine) resolve(c *ssa.CallCommon, pos token.Pos) *invocation {
	inv := &invocation{pos: pos, sig: c.Signature()}
	if c.IsInvoke() {
		if !m.resolveMethod(inv, m.get(c.Value), c.Method) {
			return nil
		}
	} else if !m.resolveFunc(inv, c.Value) {
		return nil
	}
	inv.args = slices.Grow(inv.args, len(c.Args))
	for _, arg := range c.Args {
		inv.args = append(inv.args, m.get(arg))
	}
	return inv
}

func (m *machine) resolveFunc(inv *invocation, v ssa.Value) bool {
	return m.target(inv, m.get(v))
}

// target sets the function of an invocation to a function value.
func (m *machine) target(inv *invocation, fn value) bool {
	switch fn := fn.(type) {
	case *closure:
		inv.fn, inv.bind = fn.fn, fn.bind
	case builtinFunc:
		inv.builtin = fn.fn
	case *symbol:
		inv.recv = fn
	default:
		m.throw(runtimeError("nil function"), "")
		return false
	}
	return true
}

func (m *machine) resolveMethod(inv *invocation, recv value, method *types.Func) bool {
	switch r := recv.(type) {
	case iface:
		if fn := m.lookupMethod(r.typ, method); fn != nil {
			inv.fn = fn
			inv.args = append(inv.args, r.val)
			return true
		}
		inv.method, inv.recv = method, m.syms.intern(symFresh, r.typ, []value{r}, nil, 0)
	case *symbol:
		inv.method, inv.recv = method, r
	default:
		m.throw(runtimeError("nil interface"), "")
		return false
	}
	return true
}

type methodKey struct {
	typ  types.Type
	name string
}

// lookupMethod returns the method of a dynamic type that an interface method
// stands for.
func (m *machine) lookupMethod(t types.Type, method *types.Func) *ssa.Function {
	return m.methodBy(methodKey{t, method.Id()}, func(set *types.MethodSet) *types.Selection {
		sel := set.Lookup(method.Pkg(), method.Name())
		if sel == nil && m.isModelType(t) {
			sel = set.Lookup(m.models.types, method.Name())
		}
		return sel
	})
}

// methodBy returns the method of a type that find chooses, nil if there is
// none. It asks once for each key.
func (m *machine) methodBy(key methodKey, find func(*types.MethodSet) *types.Selection) *ssa.Function {
	if fn, ok := m.methods[key]; ok {
		return fn
	}
	prog := m.pkg.Prog
	if m.isModelType(key.typ) {
		prog = m.models.prog
	}
	var fn *ssa.Function
	if sel := find(prog.MethodSets.MethodSet(key.typ)); sel != nil {
		fn = prog.MethodValue(sel)
	}
	m.methods[key] = fn
	return fn
}

const (
	maxDepth     = 300 // frames of a goroutine
	maxRecursion = 3   // activations of one function on unknown input
)

// invoke calls. Functions of the table of models are done by the machine
// itself or by Go code of the models, functions with a body are run, and all
// others are unknown.
func (m *machine) invoke(inv *invocation, d delivery) {
	if inv.builtin != nil {
		m.builtin(inv, d)
		return
	}
	if h := m.handler(inv); h != nil {
		if h.native != nil {
			h.native(m, inv, d)
		} else {
			m.push(&invocation{fn: h.code, args: inv.args, pos: inv.pos}, d)
		}
		return
	}
	if inv.fn == nil || inv.fn.Blocks == nil || m.tooDeep(inv.fn) {
		m.unknownCall(inv, d)
		return
	}
	m.push(inv, d)
}

func (m *machine) tooDeep(fn *ssa.Function) bool {
	frames := m.g.frames
	if len(frames) >= maxDepth {
		m.truncate("call depth")
		return true
	}
	if m.st.unknowns == 0 {
		return false
	}
	n := 0
	for _, fr := range frames {
		if fr.code.fn == fn {
			n++
		}
	}
	if n >= maxRecursion {
		m.truncate("recursion")
		return true
	}
	return false
}

// push starts a function with a body.
func (m *machine) push(inv *invocation, d delivery) {
	c := m.codeOf(inv.fn)
	m.st.serial++
	fr := &frame{gen: m.g.gen, code: c, serial: m.st.serial, prev: -1,
		regs: make([]value, c.nregs), site: m.callSite(inv.pos),
		dst: d.dst, advance: d.advance, deferred: d.deferred}
	for i, p := range inv.fn.Params {
		if i < len(inv.args) {
			fr.regs[c.index[p]] = inv.args[i]
		}
	}
	for i, v := range inv.fn.FreeVars {
		if i < len(inv.bind) {
			fr.regs[c.index[v]] = inv.bind[i]
		}
	}
	m.entered[c.fn] = true
	m.g.frames = append(m.g.frames, fr)
	m.fr = fr
}

// deliver hands a result to the frame on top.
func (m *machine) deliver(d delivery, v value) {
	fr := m.fr
	if fr == nil {
		m.endGoroutine()
		return
	}
	if d.dst >= 0 {
		fr.regs[d.dst] = v
	}
	if d.advance {
		fr.pc++
	}
}

// spawn is a go statement.
func (m *machine) spawn(instr *ssa.Go) {
	inv := m.resolve(&instr.Call, instr.Pos())
	if inv == nil {
		return
	}
	m.fr.pc++
	if m.isTwin(inv, instr.Pos()) {
		return
	}
	if m.tooMany(instr.Pos()) {
		m.cutOff("many goroutines")
		return
	}
	m.start(inv, m.siteAt(instr.Pos()), false)
}

// start makes a goroutine that begins with a call, and returns its name. It
// runs up to its first operation when its parent rests.
func (m *machine) start(inv *invocation, at *site, daemon bool) gid {
	parent, fr := m.g, m.fr
	id := m.gids.intern(gidKey{parent.id, parent.spawns})
	parent.spawns++
	m.event(eventSpawn, at, "")
	m.st.trace.other = id
	child := &goroutine{gen: m.st.gen, id: id, spawn: at, parent: parent.id, daemon: daemon}
	child.clock = parent.release().tick(id)
	for len(m.st.gs) <= int(id) {
		m.st.gs = append(m.st.gs, nil)
	}
	m.st.gs[id] = child
	m.spawned++
	m.g, m.fr = child, nil
	m.invoke(inv, delivery{dst: -1})
	m.g, m.fr = parent, fr
	if child.op == nil && !child.done {
		m.st.queue = append(m.st.queue, id)
	}
	return id
}

// endGoroutine ends the running goroutine.
func (m *machine) endGoroutine() {
	m.g.done = true
	m.g.frames = nil
	m.g.panics = nil
}
