package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// An op is a visible operation: one whose order with those of other
// goroutines matters. Every goroutine rests at one; whether it can go on is
// a function of the op and the state. Doing it sets a register.
type op struct {
	kind  opKind
	ch    value    // channel operations
	val   value    // what is sent
	on    pointer  // synchronisation object
	cases []opCase // select
	block bool     // select without default
	wake  int64    // sleep
	idle  bool     // sleep until nobody is awake
	vague bool     // sleep for a time that isn't known
	act   func(m *machine, o *op) value
	name  string // of the operation, for the schedule
	n     int64  // operand, for the digest
	again bool   // the instruction is still to be run
	half  bool   // the first half of something, no step of its own

	dst     int32
	advance bool
	commaOk bool
	ranged  bool // receive of a range loop
	alone   bool // nobody else has the channel
	typ     types.Type
	pos     token.Pos
	site    *site
}

type opKind uint8

const (
	opSend opKind = iota
	opRecv
	opSelect
	opClose
	opLock // of a Mutex, or of an RWMutex after its announcement
	opRLock
	opWait // WaitGroup
	opPark // Cond
	opSleep
	opAct // always enabled
)

// An opCase is one case of a select.
type opCase struct {
	send bool
	ch   value
	val  value
	pos  token.Pos
}

// rest stops the running goroutine at an operation.
func (m *machine) rest(o *op) {
	if o.pos == token.NoPos {
		o.pos = m.pos()
	}
	o.site = m.siteAt(o.pos)
	m.g.op = o
}

// act stops the running goroutine at an operation that is always enabled and
// then does what f says.
func (m *machine) act(name string, on pointer, inv *invocation, d delivery, f func(m *machine, o *op) value) {
	m.rest(&op{kind: opAct, name: name, on: on, act: f, dst: d.dst, advance: d.advance, pos: inv.pos, typ: inv.result})
}

// receive is <-ch.
func (m *machine) receive(fr *frame, v *ssa.UnOp) {
	m.rest(&op{kind: opRecv, ch: m.get(v.X), dst: fr.code.index[v], advance: true,
		commaOk: v.CommaOk, ranged: isRangeReceive(v), alone: isFresh(v.X), typ: v.Type(), pos: position(v)})
}

// isFresh recognises a channel that nobody else has: <-make(chan T) is a way
// to write that a goroutine waits for ever.
func isFresh(ch ssa.Value) bool {
	made, ok := ch.(*ssa.MakeChan)
	return ok && len(*made.Referrers()) == 1
}

// isRangeReceive recognises the receive that a range loop becomes: it waits
// for the channel to be closed.
func isRangeReceive(v *ssa.UnOp) bool {
	return v.CommaOk && v.Block().Comment == "rangechan.loop"
}

func (m *machine) selects(fr *frame, s *ssa.Select) {
	o := &op{kind: opSelect, block: s.Blocking, dst: fr.code.index[s], advance: true, typ: s.Type(), pos: s.Pos()}
	for _, st := range s.States {
		c := opCase{send: st.Dir == types.SendOnly, ch: m.get(st.Chan), pos: st.Pos}
		if c.send {
			c.val = m.get(st.Send)
		}
		o.cases = append(o.cases, c)
	}
	m.rest(o)
}

// complete ends an operation of goroutine g, which runs on afterwards.
func (m *machine) complete(id gid, v value) {
	g := m.st.goroutine(id)
	o := g.op
	g.op = nil
	m.g, m.fr = g, g.top()
	m.deliver(delivery{dst: o.dst, advance: o.advance}, v)
	m.st.queue = append(m.st.queue, id)
}

// received is the value of a receive for the instruction that made it.
func (o *op) received(v value, ok bool) value {
	if o.commaOk {
		return tuple(v, ok)
	}
	return v
}

// selected is the value of a select that took case i.
func (m *machine) selected(o *op, i int, v value, ok bool) value {
	types := o.typ.(*types.Tuple)
	elems := make([]value, types.Len())
	elems[0], elems[1] = int64(i), ok
	at := 2
	for j, c := range o.cases {
		if c.send {
			continue
		}
		if j == i {
			elems[at] = v
		} else {
			elems[at] = m.zero(types.At(at).Type())
		}
		at++
	}
	return &aggregate{elems}
}
