// Package bad checks in one step and acts in the next.
package bad

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

type session struct {
	mu    sync.Mutex
	hits  int
	inbox chan string
}

// A Hub keeps sessions by name.
type Hub struct {
	sessions sync.Map // of *session
	counts   sync.Map // of int
	seen     sync.Map
	started  atomic.Bool
	closed   int32
	total    atomic.Int64
	peak     atomic.Int64
	done     chan struct{}
}

// Session may return one session to one caller and another to the next.
func (h *Hub) Session(name string) *session {
	if found, ok := h.sessions.Load(name); ok {
		return found.(*session)
	}
	s := &session{inbox: make(chan string, 8)}
	h.sessions.Store(name, s) // want `h.sessions is stored here after the load at bad.go:\d+: two goroutines can each store their own and go on with it`
	return s
}

// Count loses counts.
func (h *Hub) Count(name string) {
	n := 0
	if found, ok := h.counts.Load(name); ok {
		n = found.(int)
	}
	h.counts.Store(name, n+1) // want `h.counts is stored here from what was loaded at bad.go:\d+: what others stored in between is lost`
}

// Once handles a request twice if it comes twice at once.
func (h *Hub) Once(r *http.Request, handle func(*http.Request)) {
	id := r.Header.Get("X-Request-Id")
	if _, ok := h.seen.Load(id); !ok {
		h.seen.Store(id, struct{}{}) // want `h.seen is set here after the check at bad.go:\d+, which two goroutines can pass together`
		handle(r)
	}
}

// Start may start two goroutines.
func (h *Hub) Start() {
	if h.started.Load() {
		return
	}
	h.started.Store(true) // want `h.started is set here after the check at bad.go:\d+, which two goroutines can pass together`
	go h.run()
}

func (h *Hub) run() {
	for range time.Tick(time.Second) {
		h.total.Store(h.total.Load() + 1) // want `h.total is stored here from what was loaded at bad.go:\d+: what others stored in between is lost`
	}
}

// Close may close the channel twice.
func (h *Hub) Close() {
	if atomic.LoadInt32(&h.closed) == 0 {
		atomic.StoreInt32(&h.closed, 1) // want `h.closed is set here after the check at bad.go:\d+, which two goroutines can pass together`
		close(h.done)
	}
}

// A Pool has connections by address.
type Pool struct {
	mu    sync.RWMutex
	conns map[string]*peer
	locks map[string]*sync.Mutex
	main  *peer
}

type peer struct {
	net.Conn
	writing sync.Mutex
}

func dial(addr string) (*peer, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &peer{Conn: conn}, nil
}

// Get leaves a connection behind if two ask at once.
func (p *Pool) Get(addr string) (*peer, error) {
	p.mu.RLock()
	found, ok := p.conns[addr]
	p.mu.RUnlock()
	if ok {
		return found, nil
	}
	made, err := dial(addr)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[addr] = made // want `p.conns is set here after the check at bad.go:\d+, but its lock was released in between: two goroutines can each set their own`
	return made, nil
}

// Lock may lock two locks for one name.
func (p *Pool) Lock(name string) *sync.Mutex {
	p.mu.Lock()
	lock := p.locks[name]
	p.mu.Unlock()
	if lock == nil {
		lock = new(sync.Mutex)
		p.mu.Lock()
		p.locks[name] = lock // want `p.locks is set here after the check at bad.go:\d+, but its lock was released in between`
		p.mu.Unlock()
	}
	lock.Lock()
	return lock
}

// Main dials twice.
func (p *Pool) Main(addr string) *peer {
	p.mu.RLock()
	main := p.main
	p.mu.RUnlock()
	if main != nil {
		return main
	}
	made := &peer{}
	p.mu.Lock()
	p.main = made // want `p.main is set here after the check at bad.go:\d+, but its lock was released in between`
	p.mu.Unlock()
	return made
}

// A Runner is started and stopped by anybody.
type Runner struct {
	mu      sync.Mutex
	running bool
	stopped map[string]bool
	quit    chan struct{}
}

// Start may start two loops.
func (r *Runner) Start() {
	r.mu.Lock()
	running := r.running
	r.mu.Unlock()
	if running {
		return
	}
	go r.loop()
	r.mu.Lock()
	r.running = true // want `r.running is set here after the check at bad.go:\d+, but its lock was released in between: two goroutines can pass it together`
	r.mu.Unlock()
}

func (r *Runner) loop() { <-r.quit }

// Stop may close the channel twice.
func (r *Runner) Stop(name string) {
	r.mu.Lock()
	if _, ok := r.stopped[name]; ok {
		r.mu.Unlock()
		return
	}
	r.mu.Unlock()
	close(r.quit)
	r.mu.Lock()
	r.stopped[name] = true // want `r.stopped is set here after the check at bad.go:\d+, but its lock was released in between: two goroutines can pass it together`
	r.mu.Unlock()
}
