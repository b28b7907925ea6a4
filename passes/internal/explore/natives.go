package explore

import (
	"go/types"
	"maps"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A native is an operation that the machine does itself. What can be written
// in terms of these is Go code in model/prelude.
type native func(m *machine, inv *invocation, d delivery)

// nativeTable returns the operations by the key of the function that they
// stand for (model.Key), those of the prelude under "prelude.".
func nativeTable() map[string]native {
	table := map[string]native{
		"(sync.Mutex).Lock":       mutexLock,
		"(sync.Mutex).Unlock":     mutexUnlock,
		"(sync.Mutex).TryLock":    mutexTryLock,
		"(sync.RWMutex).Lock":     rwLock,
		"(sync.RWMutex).Unlock":   mutexUnlock,
		"(sync.RWMutex).RLock":    rwRLock,
		"(sync.RWMutex).RUnlock":  rwRUnlock,
		"(sync.RWMutex).TryLock":  mutexTryLock,
		"(sync.RWMutex).TryRLock": rwTryRLock,
		"(sync.Locker).Lock":      mutexLock,
		"(sync.Locker).Unlock":    mutexUnlock,
		"(sync.WaitGroup).Add":    waitGroupAdd,
		"(sync.WaitGroup).Done":   waitGroupDone,
		"(sync.WaitGroup).Wait":   waitGroupWait,
		"(sync.Cond).Signal":      condSignal,
		"(sync.Cond).Broadcast":   condBroadcast,
		"prelude.ticket":          condTicket,
		"prelude.park":            condPark,
	}
	for _, key := range model.ServingKeys() {
		table[key] = requests
	}
	addAtomics(table)
	maps.Copy(table, scheduleNatives())
	return table
}

// scheduleNatives returns those that let time pass or end something, those of
// slices, and what else the prelude is made of.
func scheduleNatives() map[string]native {
	return map[string]native{
		"errors.Is":            errorIs,
		"slices.Clone":         cloneSlice,
		"slices.Compact":       compactSlice,
		"time.Sleep":           sleep,
		"prelude.sleep":        sleep,
		"runtime.Gosched":      yield,
		"prelude.yield":        yield,
		"runtime.Goexit":       func(m *machine, inv *invocation, d delivery) { m.goexit() },
		"prelude.failed":       testFailed,
		"prelude.goexit":       func(m *machine, inv *invocation, d delivery) { m.goexit() },
		"os.Getenv":            getenv,
		"os.LookupEnv":         lookupEnv,
		"os.Exit":              exit,
		"syscall.Exit":         exit,
		"log.Fatal":            exit,
		"log.Fatalf":           exit,
		"log.Fatalln":          exit,
		"(log.Logger).Fatal":   exit,
		"(log.Logger).Fatalf":  exit,
		"(log.Logger).Fatalln": exit,
		"log.Panic":            panics,
		"log.Panicf":           panics,
		"log.Panicln":          panics,

		"(prelude.Mutex).Lock":    mutexLock,
		"(prelude.Mutex).Unlock":  mutexUnlock,
		"(prelude.locker).Lock":   mutexLock,
		"(prelude.locker).Unlock": mutexUnlock,
		"prelude.point":           syncPoint,
		"prelude.stateOf":         stateOf,
		"prelude.like":            likeArgument,
		"prelude.foreign":         makeForeign,
		"prelude.formatOne":       formatOne,
		"prelude.accessed":        acquireAccesses,
		"prelude.wgWait":          waitGroupWait,
		"prelude.wgAdd":           waitGroupAdd,
		"prelude.rlock":           rwRLock,
		"prelude.runlock":         rwRUnlock,
		"prelude.owner":           ownerOf,
		"prelude.readAt":          readAt,
		"prelude.writeAt":         writeAt,
		"prelude.read":            func(m *machine, inv *invocation, d delivery) { m.touchFor(inv, d, false) },
		"prelude.write":           func(m *machine, inv *invocation, d delivery) { m.touchFor(inv, d, true) },
		"runtime.KeepAlive":       keepAlive,
		"prelude.callUnknown":     callUnknown,
		"prelude.construct":       construct,
		"prelude.perform":         perform,
		"prelude.apply":           apply,
		"prelude.callYield":       callUnknown,
		"prelude.offer":           offer,
		"prelude.drain":           drain,
		"prelude.shut":            shut,
		"prelude.goVersion":       goVersion,
		"prelude.settle":          settle,
		"prelude.bubble":          bubble,
		"prelude.bare":            bareValue,
		"prelude.daemon":          daemon,
		"prelude.timer":           timer,
		"prelude.call":            callBack,
		"prelude.unknown":         unknownValue,
		"prelude.isTrue":          unknownValue,
		"prelude.field":           loadField,
		"prelude.setField":        storeField,
		"prelude.keep":            keep,
		"prelude.released":        released,
		"prelude.acquired":        acquired,

		"(context.Context).Done": sameResult,
		"(context.Context).Err":  contextErr,
		"(prelude.Context).Done": sameResult,
		"(prelude.Context).Err":  contextErr,
	}
}

// receiver returns the object of a method call, which panics on nil.
func (m *machine) receiver(inv *invocation) (pointer, bool) {
	p, ok := m.refer(bare(inv.args[0])) // the prelude boxes arguments
	if !ok {
		if _, isNil := inv.args[0].(nilRef); isNil {
			m.throw(runtimeError("nil dereference"), "")
		} else {
			m.abandon("bad receiver")
		}
	}
	return p, ok
}

func sleep(m *machine, inv *invocation, d delivery) {
	n, known := inv.args[0].(int64)
	if !known {
		n = 1
	}
	m.rest(&op{kind: opSleep, name: "sleep", wake: m.st.now + max(n, 0), vague: !known, dst: d.dst, advance: d.advance, pos: inv.pos})
}

func yield(m *machine, inv *invocation, d delivery) {
	m.rest(&op{kind: opSleep, name: "yield", wake: m.st.now, dst: d.dst, advance: d.advance, pos: inv.pos})
}

// testHasFailed says that nobody minds any more who waits.
const testHasFailed = "test failed"

// testFailed ends what there is to say about goroutines that wait.
func testFailed(m *machine, inv *invocation, d delivery) {
	m.truncate(testHasFailed)
	m.deliver(d, nil)
}

// settle waits until nobody else can move but those that sleep, and then
// knows of all that they did (documentation of testing/synctest.Wait).
func settle(m *machine, inv *invocation, d delivery) {
	m.rest(&op{kind: opSleep, name: "settle", wake: m.st.now, idle: true, dst: d.dst, advance: d.advance, pos: inv.pos})
}

// bubble makes time exact: nobody wakes early (testing/synctest).
func bubble(m *machine, inv *invocation, d delivery) {
	m.st.exact, _ = inv.args[0].(bool)
	m.deliver(d, nil)
}

func exit(m *machine, inv *invocation, d delivery) { m.st.terminated = true }

func panics(m *machine, inv *invocation, d delivery) { m.throw(m.fresh(errorType), "") }

// daemon starts a goroutine of the models, such as a timer's.
func daemon(m *machine, inv *invocation, d delivery) { m.startDaemon(inv, d, false) }

// timer starts a daemon that does nothing but send the time.
func timer(m *machine, inv *invocation, d delivery) { m.startDaemon(inv, d, true) }

func (m *machine) startDaemon(inv *invocation, d delivery, timer bool) {
	run := &invocation{pos: inv.pos, sig: emptySignature}
	if m.target(run, inv.args[0]) {
		m.st.gs[m.start(run, m.here(), true)].timer = timer
		m.deliver(d, nil)
	}
}

// callBack calls a function value of unknown signature.
func callBack(m *machine, inv *invocation, d delivery) {
	run := &invocation{pos: inv.pos, sig: emptySignature}
	if !m.target(run, bare(inv.args[0])) {
		return
	}
	if args, ok := m.elems(inv.args[1]); ok {
		run.args = args
	}
	m.invoke(run, d)
}

// callUnknown calls a function with arguments that nothing is known of.
func callUnknown(m *machine, inv *invocation, d delivery) {
	c, ok := inv.args[0].(*closure)
	if !ok {
		m.deliver(d, m.fresh(nil))
		return
	}
	run := &invocation{fn: c.fn, bind: c.bind, pos: inv.pos, sig: c.fn.Signature}
	for _, p := range c.fn.Params {
		run.args = append(run.args, m.argument(p))
	}
	m.invoke(run, d)
}

// bareValue takes a value out of its interface.
func bareValue(m *machine, inv *invocation, d delivery) {
	m.deliver(d, bare(inv.args[0]))
}

func unknownValue(m *machine, inv *invocation, d delivery) {
	t := inv.result
	if t == nil {
		t = types.Typ[types.Int]
	}
	m.deliver(d, m.fresh(t))
}

// sameResult is a method that returns the same value at each call.
func sameResult(m *machine, inv *invocation, d delivery) {
	t := m.resultType(inv.sig)
	s := m.syms.intern(symResult, t, inv.args[:1], inv.method.Name(), 0)
	m.assumeNonNil(s)
	m.deliver(d, s)
}

// contextErr is Err of an unknown context, which isn't nil once a goroutine
// has seen that the context is done.
func contextErr(m *machine, inv *invocation, d delivery) {
	s := m.errOf(inv.args[0])
	if isNil, known := m.st.facts.decide(m.syms.comparison(eql, s, nilRef{})); known && !isNil {
		m.deliver(d, s)
		return
	}
	m.deliver(d, m.fresh(errorType))
}

func (m *machine) errOf(context value) *symbol {
	return m.syms.intern(symResult, errorType, []value{context}, "Err", 0)
}

// seenDone notes that a goroutine has received from a channel that may be
// the Done of an unknown context.
func (m *machine) seenDone(ch value) {
	if s, ok := ch.(*symbol); ok && s.kind == symResult && s.tag == "Done" {
		m.assumeNonNil(m.errOf(s.args[0]))
	}
}

// loadField and storeField reach a field of a library struct by number.
func loadField(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	i, _ := inv.args[1].(int64)
	m.deliver(d, m.load(pointer{p.obj, m.paths.child(p.path, i, nil)}, nil))
}

func storeField(m *machine, inv *invocation, d delivery) {
	p, ok := m.receiver(inv)
	if !ok {
		return
	}
	i, _ := inv.args[1].(int64)
	m.store(pointer{p.obj, m.paths.child(p.path, i, nil)}, inv.args[2])
	m.deliver(d, nil)
}

func keep(m *machine, inv *invocation, d delivery) {
	m.escape(inv.args[0])
	m.deliver(d, nil)
}

// ownerOf returns the library's value that a state lies beside.
func ownerOf(m *machine, inv *invocation, d delivery) {
	if p, ok := bare(inv.args[0]).(pointer); ok {
		if s := m.names.external(p.obj); s != nil && s.kind == symSide {
			m.deliver(d, s.args[0])
			return
		}
	}
	m.deliver(d, m.fresh(types.Typ[types.UnsafePointer]))
}

// released and acquired order goroutines by the clock of an object.
func released(m *machine, inv *invocation, d delivery) {
	if p, ok := m.receiver(inv); ok {
		s := m.syncMutable(p)
		s.clock = s.clock.join(m.g.release())
		m.deliver(d, nil)
	}
}

func acquired(m *machine, inv *invocation, d delivery) {
	if p, ok := m.receiver(inv); ok {
		if s := m.st.sync(p); s != nil {
			m.g.acquire(s.clock)
		}
		m.deliver(d, nil)
	}
}
