package explore

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// An event is one step of a path, newest first: a visible operation done, or
// a goroutine started.
type event struct {
	prev  *event
	g     gid
	kind  eventKind
	what  string
	on    pointer
	site  *site
	other gid // started, or met
	n     int32
}

type eventKind uint8

const (
	eventOp eventKind = iota
	eventSpawn
	eventCrash
)

func (m *machine) event(kind eventKind, at *site, what string) {
	e := &event{prev: m.st.trace, g: m.g.id, kind: kind, what: what, site: at, other: none}
	if e.prev != nil {
		e.n = e.prev.n + 1
	}
	m.st.trace = e
}

// logOp notes the operation of a transition that is about to happen.
func (m *machine) logOp(t transition) {
	o := m.g.op
	what, on, at := describe(o), o.on, o.site
	ch := o.ch
	if o.kind == opSelect {
		switch {
		case t.i == byDefault:
			what = "take the default"
		case t.i >= 0:
			c := o.cases[t.i]
			ch, what = c.ch, "receive"
			if c.send {
				what = "send"
			}
			at = m.siteAt(c.pos)
		}
	}
	if p, ok := ch.(pointer); ok {
		on = p
	}
	m.event(eventOp, at, what)
	m.st.trace.on = on
	m.st.trace.other = t.partner
}

func (m *machine) logSync(what string, on pointer, inv *invocation) {
	m.event(eventOp, m.siteAt(inv.pos), what)
	m.st.trace.on = on
}

// describe names an operation.
func describe(o *op) string {
	switch o.kind {
	case opSend:
		return "send"
	case opRecv:
		if o.ranged {
			return "range over"
		}
		return "receive"
	case opSelect:
		return "select"
	case opClose:
		return "close"
	case opLock:
		return "lock"
	case opRLock:
		return "read-lock"
	case opWait:
		return "wait"
	case opPark:
		return "wait"
	}
	return o.name
}

// siteAt returns the place of user code that the running goroutine is at,
// given the position of its instruction.
func (m *machine) siteAt(pos token.Pos) *site {
	fr := m.fr
	if fr == nil {
		return m.g.spawn
	}
	if !m.isUserCode(fr.code) {
		return fr.site
	}
	return &site{caller: fr.site, fn: fr.code.fn, pos: pos}
}

func (m *machine) here() *site { return m.siteAt(m.pos()) }

// callSite is where a call that is made now stands.
func (m *machine) callSite(pos token.Pos) *site {
	if m.fr == nil {
		return m.g.spawn
	}
	if !pos.IsValid() {
		pos = m.pos()
	}
	return m.siteAt(pos)
}

// pos returns the position of the current instruction.
func (m *machine) pos() token.Pos {
	if m.deferAt.IsValid() {
		return m.deferAt
	}
	fr := m.fr
	if fr == nil {
		return token.NoPos
	}
	b := fr.code.blocks[fr.block]
	if int(fr.pc) >= len(b.Instrs) {
		return token.NoPos
	}
	return position(b.Instrs[fr.pc])
}

// isUserCode reports whether positions may point into a function: it was
// written by somebody, the bodies of ranges over functions included, and is
// no wrapper of the SSA builder or code of the models.
func (m *machine) isUserCode(c *code) bool {
	return !c.model && (c.fn.Syntax() != nil || c.fn.Synthetic == "package initializer")
}

// inModel reports whether the running code belongs to the models, whose
// memory accesses aren't recorded.
func (m *machine) inModel() bool {
	return m.onBehalf == 0 && m.fr != nil && m.fr.code.model
}

func (m *machine) isModel(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn.Prog == m.models.prog && !strings.HasPrefix(fn.Name(), "User")
}
