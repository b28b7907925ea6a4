package explore

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// runtimeError is the value of a panic of the runtime.
type runtimeError string

// throw starts a panic of the running goroutine. what is set for misuse that
// is a finding of its own. A panic on a path with assumptions about unknown
// input only says that the input was impossible: the path ends.
func (m *machine) throw(val value, what Kind) {
	if what != "" {
		m.reportPanic(what, m.blameAlso)
		m.blameAlso = nil
	}
	if m.st.unknowns > 0 {
		m.truncate(impossible)
		m.abandon(impossible)
		return
	}
	m.startUnwinding(&panicking{val: val, at: m.here(), what: what})
}

// goexit ends the running goroutine, deferred calls first.
func (m *machine) goexit() { m.startUnwinding(&panicking{goexit: true, at: m.here()}) }

func (m *machine) startUnwinding(p *panicking) {
	m.threw = true
	p.next = m.g.panics
	m.g.panics = p
	m.fr = m.g.top()
	if m.fr == nil {
		m.endGoroutine()
		return
	}
	m.fr.unwinding = true
}

// unwind does one step of a frame that a panic or Goexit passes through: one
// deferred call, then the frame is left or, after a recover, returns.
func (m *machine) unwind() {
	fr := m.fr
	p := m.g.panics
	if p != nil && p.recovered && !fr.recovered {
		m.g.panics = p.next
		fr.recovered = true
		fr.unwinding = true
	}
	if m.popDefer(fr) {
		return
	}
	if fr.recovered {
		fr.unwinding, fr.recovered = false, false
		if r := fr.code.fn.Recover; r != nil {
			fr.prev, fr.block, fr.pc = fr.block, int32(r.Index), 0
			return
		}
		m.leave(fr, m.zeroResults(fr))
		return
	}
	m.g.frames = m.g.frames[:len(m.g.frames)-1]
	m.fr = m.g.top()
	if m.fr == nil {
		m.endUnwound(p)
		return
	}
	if fr.deferred && m.fr.unwinding && p.next != nil && !p.goexit {
		// A panic in a deferred call replaces the one that ran it.
		m.g.panics = &panicking{val: p.val, at: p.at, what: p.what, next: p.next.next}
	}
	m.fr.recovered = false
	m.fr.unwinding = true
}

func (m *machine) endUnwound(p *panicking) {
	if p != nil && !p.goexit {
		m.crash(p)
		return
	}
	m.endGoroutine()
}

// Why paths tell nothing of who waits: the process has crashed, or would have
// by what was only assumed, and so was assumed wrongly.
const (
	crashed    = "crash"
	impossible = "panic under assumptions"
)

// crash ends the process: a panic left its goroutine.
func (m *machine) crash(p *panicking) {
	m.event(eventCrash, p.at, "")
	m.st.terminated = true
	m.st.truncated = crashed
}

func (m *machine) zeroResults(fr *frame) value {
	results := fr.code.fn.Signature.Results()
	switch results.Len() {
	case 0:
		return nil
	case 1:
		return m.zero(results.At(0).Type())
	}
	return m.zero(results)
}

// popDefer runs the newest deferred call of a frame, if there is one. The
// instruction or unwinding step that asked for it is repeated afterwards.
func (m *machine) popDefer(fr *frame) bool {
	n := len(fr.defers)
	if n == 0 {
		return false
	}
	d := fr.defers[n-1]
	fr.defers = fr.defers[: n-1 : n-1]
	m.deferAt = d.call.pos
	m.invoke(d.call, delivery{dst: -1, deferred: true})
	m.deferAt = token.NoPos
	return true
}

func (m *machine) pushDefer(fr *frame, instr *ssa.Defer) {
	inv := m.resolve(&instr.Call, instr.Pos())
	if inv == nil {
		return
	}
	fr.pc++
	d := deferred{inv}
	if instr.DeferStack != nil {
		if h, ok := m.get(instr.DeferStack).(frameHandle); ok {
			m.deferTo(h, d)
			return
		}
	}
	fr.defers = append(fr.defers, d)
}

// deferTo adds a deferred call to an outer frame: a defer statement in the
// body of a range over a function belongs to the function around the loop.
func (m *machine) deferTo(h frameHandle, d deferred) {
	g := m.g
	for i, fr := range g.frames {
		if fr.serial != h.serial {
			continue
		}
		if fr.gen != g.gen {
			fr = fr.copy(g.gen)
			g.frames[i] = fr
		}
		fr.defers = append(fr.defers, d)
		return
	}
}

// recoverPanic is the builtin. It counts only in a function that the unwinding
// frame calls directly.
func (m *machine) recoverPanic() value {
	g := m.g
	n := len(g.frames)
	p := g.panics
	if n < 2 || p == nil || p.goexit || p.recovered {
		return nilRef{}
	}
	if !g.frames[n-1].deferred || !g.frames[n-2].unwinding || g.frames[n-2].recovered {
		return nilRef{}
	}
	c := *p
	c.recovered = true
	g.panics = &c
	return m.panicValue(p.val)
}

// panicValue is what recover returns: never nil.
func (m *machine) panicValue(v value) value {
	switch v := v.(type) {
	case iface:
		return v
	case *symbol:
		m.assumeNonNil(v)
		return v
	}
	s := m.fresh(errorType).(*symbol)
	m.assumeNonNil(s)
	return s
}

// finish is a return statement.
func (m *machine) finish(fr *frame, r *ssa.Return) {
	var v value
	switch len(r.Results) {
	case 0:
	case 1:
		v = m.returned(r.Results[0])
	default:
		vs := make([]value, len(r.Results))
		for i, res := range r.Results {
			vs[i] = m.returned(res)
		}
		v = &aggregate{vs}
	}
	m.leave(fr, v)
}

// leave pops a frame and hands its result to the caller.
func (m *machine) leave(fr *frame, v value) {
	m.g.frames = m.g.frames[:len(m.g.frames)-1]
	if fr.after != nil {
		v = fr.after(m, v)
	}
	if len(m.g.frames) == 0 && m.g.id == 0 {
		m.st.result = v
		if instrs := fr.code.blocks[fr.block].Instrs; int(fr.pc) < len(instrs) {
			m.st.returned = instrs[fr.pc].Pos()
		}
	}
	m.fr = m.g.top()
	m.deliver(delivery{dst: fr.dst, advance: fr.advance, deferred: fr.deferred}, v)
}
