package differential

import "fmt"

// A lock is a mutex of a program.
type lock struct {
	name    string
	readers bool // an RWMutex
}

// declareLock declares a lock and a variable that it guards.
func (p *program) declareLock() {
	var l lock
	switch p.r.IntN(3) {
	case 0:
		p.use("rwmutex")
		l = lock{name: p.name("rw"), readers: true}
		p.define(l.name, "var %s sync.RWMutex")
	case 1:
		p.use("struct")
		b := p.name("b")
		p.define(b, "%s := new(box)")
		l = lock{name: b + ".mu"}
		p.locks = append(p.locks, l)
		p.spread(&variable{name: b + ".n", kind: number, by: byLock, lock: l})
		return
	default:
		p.use("mutex")
		l = lock{name: p.name("mu")}
		p.define(l.name, "var %s sync.Mutex")
	}
	p.locks = append(p.locks, l)
	v := &variable{kind: varKind(p.r.IntN(3)), by: byLock, lock: l}
	p.declare(v)
	p.spread(v)
}

// A variable is shared, under a discipline.
type variable struct {
	name  string
	kind  varKind
	by    discipline
	lock  lock
	once  string
	owner *worker
}

type varKind uint8

const (
	number varKind = iota
	table          // a map
	list           // a slice, an element for each
)

// A discipline says why accesses of a variable don't race.
type discipline uint8

const (
	byLock   discipline = iota // all hold a lock
	byAtomic                   // all are atomic
	byOwner                    // one goroutine alone, the function before and after
	byOnce                     // written in a Once, read behind it
	byNobody                   // they race, if somebody writes
)

func (p *program) declareVariable() {
	v := &variable{kind: varKind(p.r.IntN(3)), by: discipline(p.r.IntN(4))}
	if len(p.locks) > 0 && p.chance(0.4) {
		v.by = byLock
	}
	if p.mistake() && p.chance(0.3) {
		v.by = byNobody
	}
	if v.by == byLock {
		if len(p.locks) == 0 {
			p.declareLock()
		}
		v.lock = p.locks[p.r.IntN(len(p.locks))]
	}
	p.declare(v)
	if p.chance(0.3) && v.by != byAtomic {
		p.before = append(p.before, func() { p.touch(v, true) })
	}
	p.spread(v)
}

func (p *program) declare(v *variable) {
	switch {
	case v.by == byAtomic:
		p.use("atomic")
		v.name = p.name("n")
		p.define(v.name, "var %s atomic.Int32")
		return
	case v.kind == table:
		p.use("map")
		v.name = p.name("m")
		p.define(v.name, "%s := make(map[int]int)")
	case v.kind == list:
		p.use("slice")
		v.name = p.name("a")
		p.define(v.name, "%s := make([]int, 4)")
	default:
		v.name = p.name("x")
		p.defineNumber(v.name)
	}
	if v.by == byOnce {
		p.use("once")
		v.once = p.name("once")
		p.define(v.once, "var %s sync.Once")
	}
	v.owner = p.workers[p.r.IntN(len(p.workers))]
}

// spread hands out accesses of a variable.
func (p *program) spread(v *variable) {
	p.vars = append(p.vars, v)
	for range 1 + p.r.IntN(3) {
		w := p.someone()
		if v.by == byOwner && !p.mistake() {
			w = v.owner
		}
		write := p.chance(0.6)
		p.give(w, func() { p.wrapped(func() { p.access(v, write) }) })
	}
}

// wrapped writes a duty as it is, in a loop or in a function literal.
func (p *program) wrapped(d duty) {
	switch p.r.IntN(8) {
	case 0:
		p.use("loop")
		p.text.open(plain, "for range 2 {")
		d()
		p.text.shut(plain, "}")
	case 1:
		p.use("closure")
		p.text.open(plain, "func() {")
		d()
		p.text.shut(plain, "}()")
	default:
		d()
	}
}

// access touches a variable as its discipline says, or by mistake otherwise.
func (p *program) access(v *variable, write bool) {
	switch {
	case v.by == byAtomic:
		p.atomically(v)
	case v.by == byLock && !p.mistake():
		p.locked(v.lock, write, func() { p.touch(v, write) })
	case v.by == byOnce && !p.mistake():
		p.onlyOnce(v)
	default:
		p.touch(v, write && v.by != byOnce)
	}
}

// touch reads or writes a variable, whatever its discipline.
func (p *program) touch(v *variable, write bool) {
	if v.by == byAtomic {
		p.atomically(v)
		return
	}
	i := p.r.IntN(2)
	switch {
	case v.kind == table && write:
		p.text.add(plain, "%s", p.oneOf(fmt.Sprintf("%s[%d] = 1", v.name, i), fmt.Sprintf("delete(%s, %d)", v.name, i)))
	case v.kind == table:
		p.text.add(plain, "%s", p.oneOf(fmt.Sprintf("s += %s[%d]", v.name, i), fmt.Sprintf("s += len(%s)", v.name)))
	case v.kind == list && write:
		p.text.add(plain, "%s[%d]++", v.name, i)
	case v.kind == list:
		p.text.add(plain, "s += %s[%d]", v.name, i)
	case write:
		p.text.add(plain, "%s", p.oneOf(v.name+"++", v.name+" = 2"))
	default:
		p.text.add(plain, "s += %s", v.name)
	}
}

func (p *program) atomically(v *variable) {
	switch p.r.IntN(5) {
	case 0:
		p.text.add(visible, "%s.Add(1)", v.name)
	case 1:
		p.text.add(visible, "%s.Store(2)", v.name)
	case 2:
		p.text.add(visible, "s += int(%s.Load())", v.name)
	case 3:
		p.use("compare and swap")
		p.text.open(visible, "if %s.CompareAndSwap(0, 1) {", v.name)
		p.text.add(plain, "s++")
		p.text.shut(plain, "}")
	default:
		p.text.open(visible, "if %s.Load() > 0 {", v.name)
		p.decided()
		p.text.shut(plain, "}")
	}
}

// decided is what happens only if an atomic variable had been set.
func (p *program) decided() {
	for _, v := range p.vars {
		if v.by == byLock || v.by == byNobody {
			p.access(v, true)
			return
		}
	}
	p.text.add(plain, "s++")
}

// locked does something while it holds a lock.
func (p *program) locked(l lock, write bool, d duty) {
	lock, unlock := "Lock", "Unlock"
	if l.readers && (!write || p.mistake()) {
		lock, unlock = "RLock", "RUnlock"
	}
	switch p.r.IntN(6) {
	case 0:
		p.use("deferred unlock")
		p.text.open(plain, "func() {")
		p.text.add(visible, "%s.%s()", l.name, lock)
		p.text.add(deferred, "defer %s.%s()", l.name, unlock)
		d()
		p.text.shut(plain, "}()")
	case 1:
		p.tried(l, lock, unlock, d)
	default:
		p.text.add(visible, "%s.%s()", l.name, lock)
		if l.readers && lock == "RLock" && p.mistake() {
			p.text.add(visible, "%s.RLock()", l.name)
			p.text.add(visible, "%s.RUnlock()", l.name)
		}
		d()
		if !p.mistake() || !p.chance(0.4) {
			p.text.add(visible, "%s.%s()", l.name, unlock)
		}
	}
}

// tried does something if a lock is free.
func (p *program) tried(l lock, lock, unlock string, d duty) {
	p.use("trylock")
	p.text.open(visible, "if %s.Try%s() {", l.name, lock)
	d()
	p.text.add(visible, "%s.%s()", l.name, unlock)
	p.text.shut(plain, "}")
}

func (p *program) onlyOnce(v *variable) {
	p.text.open(visible, "%s.Do(func() {", v.once)
	p.touch(v, true)
	if p.mistake() && p.chance(0.3) {
		p.text.add(visible, "%s.Do(func() {})", v.once)
	}
	p.text.shut(plain, "})")
	p.touch(v, false)
}
