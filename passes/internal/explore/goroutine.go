package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A gid names a goroutine: the n-th that its parent started, whatever the
// schedule.
type gid int32

type gidKey struct {
	parent gid
	n      int32
}

// A goroutine is a stack of frames, a vector clock, and, when it rests, the
// visible operation that it is about to do.
type goroutine struct {
	gen      uint64
	id       gid
	frames   []*frame
	clock    clock
	op       *op // it rests here; nil while it runs
	done     bool
	locks    *lockset
	panics   *panicking
	spawn    *site // the go statement and its stack
	informed bool  // has decided by results of unknown code
	hooked   bool  // has called the runtime, or what isn't written in Go
	calls    int32 // of unknown code, so far
	daemon   bool  // belongs to the models
	timer    bool  // it is a daemon that does nothing but send the time
	parent   gid

	allocs, spawns, syms int32
	served               *servedSite
	started              *started
	off                  *offMoment // from the way of the exact run
}

// A frame is one activation of a function.
type frame struct {
	gen    uint64
	code   *code
	serial int32
	block  int32
	prev   int32 // the block we came from, for phis
	pc     int32
	regs   []value
	defers []deferred
	site   *site // where it was called

	dst       int32 // register of the caller for the result, or -1
	advance   bool  // the caller goes on with its next instruction
	deferred  bool  // called by the unwinding or returning of the frame below
	unwinding bool
	recovered bool // goes to the recover block once its defers have run
	forks     []forkCount
	after     func(m *machine, v value) value // what the models do with the result
}

// A forkCount counts how often an unknown condition was decided at an If.
type forkCount struct {
	at ssa.Instruction
	n  int32
}

// A deferred is a call that waits for its function to return.
type deferred struct {
	call *invocation
}

// A panicking is a panic or Goexit on its way down the stack.
type panicking struct {
	next      *panicking
	val       value
	goexit    bool
	recovered bool
	at        *site
	what      Kind // of the machine's own panics
}

func (fr *frame) copy(gen uint64) *frame {
	c := *fr
	c.gen = gen
	c.regs = append([]value(nil), fr.regs...)
	c.defers = append([]deferred(nil), fr.defers...)
	c.forks = append([]forkCount(nil), fr.forks...)
	return &c
}

// top returns the running frame of a goroutine, writable; nil without one.
func (g *goroutine) top() *frame {
	n := len(g.frames)
	if n == 0 {
		return nil
	}
	fr := g.frames[n-1]
	if fr.gen != g.gen {
		fr = fr.copy(g.gen)
		g.frames[n-1] = fr
	}
	return fr
}

// A site is a place in the user's code with the calls that lead to it.
type site struct {
	caller *site
	fn     *ssa.Function
	pos    token.Pos
}

// A servedSite counts how often the environment served a goroutine at one
// place; an endless loop on foreign channels must end somewhere.
type servedSite struct {
	next  *servedSite
	pos   token.Pos
	n     int
	field types.Object // that holds the channel, nil if it isn't known
}

func (s *servedSite) count(pos token.Pos) int {
	for ; s != nil; s = s.next {
		if s.pos == pos {
			return s.n
		}
	}
	return 0
}
