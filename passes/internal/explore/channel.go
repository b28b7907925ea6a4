package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A channel is the content of a channel object. It is replaced, not written.
type channel struct {
	capacity int64
	external bool // the environment sends and receives too, what fits isn't known
	small    bool // the capacity was made small
	guessed  bool // the capacity is one of many that it may have
	counted  bool // it is by the length of something, for which there is room
	buf      []value
	sent     int64 // sends so far: picks the slot
	slots    []clock
	closed   bool
	closing  clock
	closedAt *site
	elem     types.Type
}

func (c *channel) length(kind symKind, m *machine) value {
	if c.external {
		return m.fresh(types.Typ[types.Int])
	}
	if kind == symCap {
		return c.capacity
	}
	return int64(len(c.buf))
}

func (m *machine) makeChan(v *ssa.MakeChan) value {
	t, ok := v.Type().Underlying().(*types.Chan)
	if !ok {
		return m.madeOfParameter()
	}
	c := &channel{elem: t.Elem(), small: m.isSmall(v.Size)}
	size := m.get(v.Size)
	unknown, guessed := size.(*symbol)
	c.guessed, c.counted = guessed, guessed && program.Derives(v.Size, isLength, program.CallsBuiltin)
	if guessed && (ofWorkers(v) || match.IsEmptyStruct(c.elem)) { // one with room is there to be filled
		m.assumePositive(unknown)
	}
	n, known := m.count(size)
	switch {
	case !m.live():
		return nil
	case !known:
		c.capacity = smallBuffer
	case n < 0:
		m.throw(runtimeError("makechan: size out of range"), "")
		return nil
	default:
		c.capacity = n
		switch {
		case c.small: // somebody may take one out and go
			m.st.buffer = max(m.st.buffer, n+1)
		case n <= smallBuffer:
			m.st.buffer = max(m.st.buffer, n)
		}
	}
	return pointer{obj: m.alloc(c, v.Type(), true)}
}

// ofWorkers reports whether a channel has room for one value of each of the
// goroutines that a loop of the same function starts.
func ofWorkers(v *ssa.MakeChan) bool {
	return slices.ContainsFunc(v.Parent().Blocks, func(b *ssa.BasicBlock) bool {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			return false
		}
		cond, ok := branch.Cond.(*ssa.BinOp)
		if !ok || !program.Same(cond.X, v.Size) && !program.Same(cond.Y, v.Size) {
			return false
		}
		return assumption{at: branch, truth: true}.startsNothing() || assumption{at: branch}.startsNothing()
	})
}

// assumePositive takes an unknown count for one that isn't zero, unless more
// is known.
func (m *machine) assumePositive(size *symbol) {
	c := m.syms.comparison(token.LSS, int64(0), size)
	if _, known := m.st.facts.decide(c); !known {
		m.st.facts = m.st.facts.with(c, true)
	}
}

// isLength reports whether a value is the length of something.
func isLength(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	return program.Builtin(&call.Call) == "len"
}

// madeOfParameter ends the path of generic code that makes a value of a type
// parameter.
func (m *machine) madeOfParameter() value {
	m.abandon("type parameter")
	return nil
}

// channelOf returns the channel that a value refers to, nil for a nil one.
func (m *machine) channelOf(v value) (pointer, *channel) {
	p, ok := m.refer(v)
	if !ok {
		return pointer{}, nil
	}
	o := m.st.object(p.obj)
	if o == nil {
		return pointer{}, nil
	}
	c, _ := o.val.(*channel)
	return p, c
}

func (c *channel) full() bool { return int64(len(c.buf)) >= c.capacity }

// push puts a value into the buffer. As in the runtime, each slot passes a
// clock on in both directions: a send happens before its receive, and the
// k-th receive before the k+capacity-th send.
func (m *machine) pushInto(p pointer, c *channel, v value) {
	next := *c
	next.buf = append(append(make([]value, 0, len(c.buf)+1), c.buf...), v)
	next.sent++
	m.swapClock(&next, c.sent)
	m.st.mutable(p.obj).val = &next
}

func (m *machine) popFrom(p pointer, c *channel) value {
	next := *c
	v := c.buf[0]
	next.buf = append([]value(nil), c.buf[1:]...)
	m.swapClock(&next, c.sent-int64(len(c.buf)))
	m.st.mutable(p.obj).val = &next
	return v
}

// swapClock exchanges clocks with the slot of the n-th value. There are as
// many slots as were used: some channels have room for a billion values.
func (m *machine) swapClock(c *channel, n int64) {
	i := n % c.capacity
	slots := make([]clock, max(int64(len(c.slots)), i+1))
	copy(slots, c.slots)
	m.g.acquire(slots[i])
	slots[i] = m.g.release()
	c.slots = slots
}

// closeChannel is close(c).
func (m *machine) closeChannel(o *op) {
	p, c := m.channelOf(o.ch)
	switch {
	case c == nil:
		m.throw(runtimeError("close of nil channel"), KindCloseNil)
		return
	case c.closed:
		m.blameAlso = c.closedAt
		m.throw(runtimeError("close of closed channel"), KindDoubleClose)
		return
	}
	m.record(p, true, false, accessSync, o.pos)
	next := *c
	next.closed = true
	next.closing = m.g.release()
	next.closedAt = o.site
	m.st.mutable(p.obj).val = &next
}

// A rendezvous joins the clocks of a sender and a receiver on an unbuffered
// channel: each happens before the other is done.
func (m *machine) rendezvous(a, b gid) {
	x, y := m.st.goroutine(a), m.st.goroutine(b)
	joined := x.clock.join(y.clock)
	x.clock, y.clock = joined.tick(a), joined.tick(b)
}
