// Package good acts in the step in which it checks, or checks again.
package good

import (
	"reflect"
	"regexp"
	"sync"
	"sync/atomic"
)

type session struct {
	mu   sync.Mutex
	hits int
}

// A Hub keeps sessions by name.
type Hub struct {
	mu       sync.Mutex
	sessions sync.Map
	patterns sync.Map
	fields   sync.Map
	started  atomic.Bool
	config   atomic.Pointer[session]
	total    atomic.Int64
	peak     atomic.Int64
	done     chan struct{}
}

// Session stores in the step that loads.
func (h *Hub) Session(name string) *session {
	if found, ok := h.sessions.Load(name); ok {
		return found.(*session)
	}
	found, _ := h.sessions.LoadOrStore(name, &session{})
	return found.(*session)
}

// Pattern may compile a pattern twice: one is as good as the other.
func (h *Hub) Pattern(text string) *regexp.Regexp {
	if found, ok := h.patterns.Load(text); ok {
		return found.(*regexp.Regexp)
	}
	re := regexp.MustCompile(text)
	h.patterns.Store(text, re)
	return re
}

// Fields is a cache of what can't change.
func (h *Hub) Fields(t reflect.Type) int {
	if found, ok := h.fields.Load(t); ok {
		return found.(int)
	}
	n := t.NumField()
	h.fields.Store(t, n)
	return n
}

// Replace stores another entry than it has looked for.
func (h *Hub) Replace(from, to string) {
	if found, ok := h.sessions.Load(from); ok {
		h.sessions.Store(to, found)
	}
}

// Start claims in one step.
func (h *Hub) Start() {
	if h.started.CompareAndSwap(false, true) {
		go h.run()
	}
}

func (h *Hub) run() { h.total.Add(1) }

// Stop holds a lock over both.
func (h *Hub) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.started.Load() {
		h.started.Store(false)
		close(h.done)
	}
}

// stop is called with the lock held.
func (h *Hub) stop() {
	if h.started.Load() {
		h.started.Store(false)
		close(h.done)
	}
}

// StopAll is the one who holds it, two calls away.
func (h *Hub) StopAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wind()
}

func (h *Hub) wind() { h.stop() }

// Config looks again under the lock.
func (h *Hub) Config() *session {
	if found := h.config.Load(); found != nil {
		return found
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if found := h.config.Load(); found != nil {
		return found
	}
	made := &session{}
	h.config.Store(made)
	return made
}

// Peak tries until nobody gets between.
func (h *Hub) Peak(n int64) {
	for {
		old := h.peak.Load()
		if n <= old || h.peak.CompareAndSwap(old, n) {
			return
		}
	}
}

// Mark only sets what is set already.
func (h *Hub) Mark() {
	if !h.started.Load() {
		h.started.Store(true)
	}
}

// Check finds misuse.
func (h *Hub) Check() {
	if h.total.Load() != 0 {
		panic("used before")
	}
	h.total.Store(1)
	h.run()
}

// local is a variable that nobody else knows.
func local(names []string) int {
	var seen sync.Map
	n := 0
	for _, name := range names {
		if _, ok := seen.Load(name); !ok {
			seen.Store(name, true)
			n++
		}
	}
	return n
}

// A Pool has sessions by address.
type Pool struct {
	mu    sync.RWMutex
	known map[string]*session
	names map[string]string
	main  *session
}

// Get looks again before it sets.
func (p *Pool) Get(addr string) *session {
	p.mu.RLock()
	found, ok := p.known[addr]
	p.mu.RUnlock()
	if ok {
		return found
	}
	made := &session{}
	p.mu.Lock()
	defer p.mu.Unlock()
	if found, ok := p.known[addr]; ok {
		return found
	}
	p.known[addr] = made
	return made
}

// Name fills a cache twice with one value.
func (p *Pool) Name(addr string, resolve func(string) string) string {
	p.mu.RLock()
	name, ok := p.names[addr]
	p.mu.RUnlock()
	if ok {
		return name
	}
	name = resolve(addr)
	p.mu.Lock()
	p.names[addr] = name
	p.mu.Unlock()
	return name
}

// Main holds its lock throughout.
func (p *Pool) Main() *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.main == nil {
		p.main = &session{}
	}
	return p.main
}

// Swap sets the field whatever it was.
func (p *Pool) Swap(s *session) *session {
	p.mu.Lock()
	old := p.main
	p.mu.Unlock()
	if old != nil {
		old.mu.Lock()
		old.hits = 0
		old.mu.Unlock()
	}
	p.mu.Lock()
	p.main = s
	p.mu.Unlock()
	return old
}

// Versions is a cache of a map that nobody changes once it is stored.
type Versions struct{ byName atomic.Value }

// Get may ask twice.
func (v *Versions) Get(ask func() []string) map[string]int {
	if known, _ := v.byName.Load().(map[string]int); known != nil {
		return known
	}
	made := make(map[string]int)
	for i, name := range ask() {
		made[name] = i
	}
	v.byName.Store(made)
	return made
}

// A Queue has one producer, who alone moves its end.
type Queue struct {
	end   atomic.Uint64
	slots [8]int
}

// Put is the producer's.
func (q *Queue) Put(n int) {
	at := q.end.Load()
	q.slots[at%8] = n
	q.end.Store(at + 1)
}

// A Runner claims under the lock before it starts anything.
type Runner struct {
	mu      sync.Mutex
	running bool
	done    map[string]bool
	quit    chan struct{}
}

// Start sets the flag where it looks at it.
func (r *Runner) Start() {
	r.mu.Lock()
	if r.running {
		r.mu.Unlock()
		return
	}
	r.running = true
	r.mu.Unlock()
	go func() { <-r.quit }()
}

// Visit may do the work of one name twice, which does no harm.
func (r *Runner) Visit(name string, work func(string)) {
	r.mu.Lock()
	done := r.done[name]
	r.mu.Unlock()
	if done {
		return
	}
	work(name)
	r.mu.Lock()
	r.done[name] = true
	r.mu.Unlock()
}
