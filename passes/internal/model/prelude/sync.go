package prelude

// Once models sync.Once: a second caller waits until the first is done, and
// a call by the function itself waits for ever (sync/once.go).
//
//model:side sync.Once
type Once struct {
	mu   Mutex
	done bool
}

func (o *Once) Do(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.done {
		defer o.finish()
		f()
	}
}

func (o *Once) finish() { o.done = true }

//model:func sync.OnceFunc
func onceFunc(f func()) func() {
	o := new(Once)
	return func() { o.Do(f) }
}

//model:func sync.OnceValue
func onceValue(f func() any) func() any {
	o := new(Once)
	var v any
	return func() any {
		o.Do(func() { v = f() })
		return v
	}
}

//model:func sync.OnceValues
func onceValues(f func() (any, any)) func() (any, any) {
	o := new(Once)
	var v, w any
	return func() (any, any) {
		o.Do(func() { v, w = f() })
		return v, w
	}
}

//model:func (sync.WaitGroup).Go
func waitGroupGo(wg interface {
	Add(int)
	Done()
}, f func()) {
	wgAdd(wg, 1)
	go func() {
		defer wgAdd(wg, -1)
		f()
	}()
}

//model:func (sync.Cond).Wait
func condWait(c any) {
	l := field(c, condL).(locker)
	ticket(c)
	l.Unlock()
	park(c)
	l.Lock()
}

// condL is the number of the field L of sync.Cond.
const condL = 1

// Cond has the shape of sync.Cond.
type Cond struct {
	noCopy struct{}
	L      any
	notify [3]int
	copied int
}

//model:func sync.NewCond
func newCond(l any) *Cond { return &Cond{L: l} }

//model:func (sync.RWMutex).RLocker
func rlocker(mu any) locker { return &readLocker{mu} }

type readLocker struct{ mu any }

func (r *readLocker) Lock()   { rlock(r.mu) }
func (r *readLocker) Unlock() { runlock(r.mu) }

// Map models sync.Map. Each operation is atomic and ordered after those that
// it sees.
//
//model:side sync.Map
type Map struct{ m map[any]any }

func (m *Map) Load(key any) (any, bool) {
	point(m)
	v, ok := m.m[key]
	return v, ok
}

func (m *Map) Store(key, value any) {
	point(m)
	m.put(key, value)
}

func (m *Map) put(key, value any) {
	if m.m == nil {
		m.m = make(map[any]any)
	}
	m.m[key] = value
}

func (m *Map) LoadOrStore(key, value any) (any, bool) {
	point(m)
	if v, ok := m.m[key]; ok {
		return v, true
	}
	m.put(key, value)
	return value, false
}

func (m *Map) LoadAndDelete(key any) (any, bool) {
	point(m)
	v, ok := m.m[key]
	delete(m.m, key)
	return v, ok
}

func (m *Map) Delete(key any) {
	point(m)
	delete(m.m, key)
}

func (m *Map) Swap(key, value any) (any, bool) {
	point(m)
	v, ok := m.m[key]
	m.put(key, value)
	return v, ok
}

func (m *Map) CompareAndSwap(key, old, new any) bool {
	point(m)
	if v, ok := m.m[key]; !ok || v != old {
		return false
	}
	m.put(key, new)
	return true
}

func (m *Map) CompareAndDelete(key, old any) bool {
	point(m)
	if v, ok := m.m[key]; !ok || v != old {
		return false
	}
	delete(m.m, key)
	return true
}

func (m *Map) Range(f func(key, value any) bool) {
	point(m)
	var keys, values []any
	for k, v := range m.m {
		keys = append(keys, k)
		values = append(values, v)
	}
	for i, k := range keys {
		if !f(k, values[i]) {
			return
		}
	}
}

func (m *Map) Clear() {
	point(m)
	m.m = nil
}

// poolNew is the number of the field New of sync.Pool.
const poolNew = 5

// Pool models sync.Pool: Get returns what was Put last, or a new value. Put
// happens before the Get that returns the same value.
//
//model:side sync.Pool
type Pool struct{ items []any }

func (p *Pool) Put(v any) {
	if v == nil {
		return
	}
	point(p)
	p.items = append(p.items, v)
}

func (p *Pool) Get() any {
	if v := p.take(); v != nil {
		return v
	}
	if f := field(owner(p), poolNew); f != nil {
		return call(f)
	}
	return nil
}

func (p *Pool) take() any {
	point(p)
	n := len(p.items)
	if n == 0 {
		return nil
	}
	v := p.items[n-1]
	p.items = p.items[:n-1]
	return v
}
