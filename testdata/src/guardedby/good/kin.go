package good

import (
	"sync"
	"sync/atomic"
)

// half has a lock for one direction, which says nothing about the settings
// beside it.
type half struct {
	mu  sync.Mutex
	seq int
}

type Conn struct {
	in, out  half
	settings *settings
	version  int
}

type settings struct{ limit int }

func (c *Conn) Write(n int) int {
	c.out.mu.Lock()
	defer c.out.mu.Unlock()
	c.out.seq += n + c.version + c.settings.limit
	return c.out.seq
}

func (c *Conn) Flush() {
	c.out.mu.Lock()
	defer c.out.mu.Unlock()
	c.version++
	c.out.seq = c.version
	c.settings.limit++
}

func (c *Conn) Close() {
	c.out.mu.Lock()
	defer c.out.mu.Unlock()
	c.out.seq = c.version
	c.settings.limit = 0
}

func (c *Conn) Read() int { return c.version + c.settings.limit }

// Tree points at what holds the lock.
type Tree struct{ shared *common }

type common struct {
	mu    sync.Mutex
	nodes int
}

func (t *Tree) Add() {
	t.shared.mu.Lock()
	defer t.shared.mu.Unlock()
	t.shared.nodes++
}

func (t *Tree) Reset() {
	t.shared = &common{}
	t.shared.mu.Lock()
	t.shared.nodes = 0
	t.shared.mu.Unlock()
}

func (t *Tree) Len() int {
	t.shared.mu.Lock()
	defer t.shared.mu.Unlock()
	return t.shared.nodes
}

// Handshake uses its state in many places under one lock that one function
// takes; what comes later is done by its owner.
type Handshake struct {
	mu    sync.Mutex
	suite int
	keys  int
	done  bool
}

func (h *Handshake) Run() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hello()
	h.exchange()
	h.finish()
}

func (h *Handshake) hello()    { h.suite = 1; h.keys = h.suite }
func (h *Handshake) exchange() { h.suite++; h.keys += h.suite }
func (h *Handshake) finish()   { h.done = h.suite > 0 && h.keys > h.suite }

func (h *Handshake) Ticket() int { return h.suite + h.keys }

func (h *Handshake) Name() int { return h.suite * h.keys }

// Table is filled at the first look-up, and the same from then on.
type Table struct {
	mu      sync.Mutex
	version int
	rows    []int
}

func (t *Table) fill() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.version != 0 {
		return
	}
	t.version = 1
	t.rows = make([]int, 10)
}

func (t *Table) Row(i int) int {
	t.fill()
	return t.rows[i]
}

// Lookup isn't safe for concurrent use.
type Lookup struct {
	mu    sync.Mutex
	count int
	last  string
}

func (l *Lookup) Set(s string) { l.mu.Lock(); l.last = s; l.count++; l.mu.Unlock() }
func (l *Lookup) Clear()       { l.mu.Lock(); l.last = ""; l.count = 0; l.mu.Unlock() }
func (l *Lookup) Size() int    { l.mu.Lock(); defer l.mu.Unlock(); return l.count }
func (l *Lookup) Last() string { return l.last }

// State is published by an atomic flag.
type State struct {
	mu    sync.Mutex
	ready atomic.Bool
	value int
}

func (s *State) Set(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = v
	s.ready.Store(true)
}

func (s *State) Add(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value += v
}

func (s *State) Double() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value *= 2
}

func (s *State) Value() int {
	if s.ready.Load() {
		return s.value
	}
	return 0
}

// Cleaner is started for a channel that nobody replaces while it runs.
type Cleaner struct {
	mu   sync.Mutex
	wake chan struct{}
	n    int
}

func (c *Cleaner) Start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.wake == nil {
		c.wake = make(chan struct{}, 1)
		go c.run()
	}
}

func (c *Cleaner) Wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	c.wake <- struct{}{}
}

func (c *Cleaner) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n = 0
	close(c.wake)
}

func (c *Cleaner) run() {
	<-c.wake
	c.mu.Lock()
	c.wake = nil
	c.mu.Unlock()
}

// isLocked tells what it finds; nobody has to hold anything.
func (h *half) isLocked() bool {
	if h.mu.TryLock() {
		h.mu.Unlock()
		return false
	}
	return true
}

func (h *half) Busy() bool { return h.isLocked() }

// NewRegistry fills what nobody else knows yet.
type Registry struct {
	mu    sync.Mutex
	names []string
}

func NewRegistry(names []string) *Registry {
	r := &Registry{}
	for _, name := range names {
		r.addLocked(name)
	}
	return r
}

func (r *Registry) addLocked(name string) { r.names = append(r.names, name) }

func (r *Registry) Add(name string) {
	r.mu.Lock()
	r.addLocked(name)
	r.mu.Unlock()
}

func (r *Registry) AddAll(names []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range names {
		r.addLocked(name)
	}
}

// Dense fills its rows once, in a function of the one that asks for its
// state; who goes through ready reads them freely.
type Dense struct {
	mu   sync.Mutex
	done bool
	rows []*int
	size int
}

func (d *Dense) ready() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return
	}
	d.make(10)
	d.done = true
}

func (d *Dense) make(n int) {
	d.rows = make([]*int, n)
	for i := range d.rows {
		d.rows[i] = new(int)
	}
	d.size = len(d.rows)
}

func (d *Dense) Row(i int) *int {
	d.ready()
	if i < len(d.rows) {
		return d.rows[i]
	}
	return nil
}

// flush needs mu locked; it is the goroutine's starter who has it.
type Buffer struct {
	mu    sync.Mutex
	lines []string // guarded by mu
}

func (b *Buffer) Add(line string) {
	b.mu.Lock()
	b.lines = append(b.lines, line)
	go func() {
		b.flush()
		b.mu.Unlock()
	}()
}

// flush needs mu locked.
func (b *Buffer) flush() { b.lines = b.lines[:0] }

// Receiver's tracks are there once it has received.
type Receiver struct {
	mu       sync.Mutex
	tracks   []int
	received chan struct{}
}

func (r *Receiver) Receive(tracks []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tracks = tracks
	close(r.received)
}

func (r *Receiver) Stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tracks = nil
}

func (r *Receiver) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.tracks)
}

func (r *Receiver) read() int {
	<-r.received
	return r.tracks[0]
}

func (r *Receiver) Read() int { return r.read() }

// Shard is made anew by its Init, whatever it was before.
type Shard struct {
	mu    sync.Mutex
	nodes []int
	size  int
}

func (s *Shard) Init(size int) {
	*s = Shard{size: size}
	s.nodes = append(s.nodes, size)
}

func (s *Shard) Add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nodes = append(s.nodes, n)
}

func (s *Shard) First() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.nodes[0] + len(s.nodes)
}

func (s *Shard) Clear() {
	s.mu.Lock()
	s.nodes = s.nodes[:0]
	s.mu.Unlock()
}
