package bad

import (
	"container/list"
	"errors"
	"sync"
	"time"
)

// Quota's limit is used by its owner in many places; one function uses it
// under the lock, and once more when it has let go.
type Quota struct {
	mu    sync.Mutex
	limit *int
	name  string
	users []string
}

func (q *Quota) Refresh(limit *int, push func(string)) {
	q.mu.Lock()
	if limit != nil {
		q.limit = limit
	} else {
		q.limit = nil
	}
	users := q.users
	q.mu.Unlock()
	for _, user := range users {
		push(user)
	}
	if q.limit != nil { // want `q.limit is read after q.mu was released: 5 of 8 uses hold it`
		push(q.name)
	}
}

func (q *Quota) Limit() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return *q.limit
}

func (q *Quota) SetLimit(limit *int) {
	q.mu.Lock()
	q.limit = limit
	q.mu.Unlock()
}

func (q *Quota) describe() string {
	if q.limit == nil {
		return q.name
	}
	return q.name + " limited"
}

func (q *Quota) notes() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return append([]string{q.describe()}, q.users...)
}

func (q *Quota) check() error {
	if q.limit != nil && *q.limit < 0 {
		return errors.New("negative")
	}
	return nil
}

func (q *Quota) Notes() []string { return q.notes() }

// Members know each other's state; what a timer runs isn't known to hold
// anything, but it takes the lock itself.
type Members struct {
	lock  sync.Mutex
	nodes map[string]*node
	timer *suspicion
}

type node struct {
	version int
	alive   bool
}

type suspicion struct {
	timer *time.Timer
	fire  func()
}

func newSuspicion(after time.Duration, told func(int)) *suspicion {
	s := &suspicion{}
	s.fire = func() { told(1) }
	s.timer = time.AfterFunc(after, s.fire)
	return s
}

func (m *Members) Alive(name string, version int) {
	m.lock.Lock()
	defer m.lock.Unlock()
	n := m.nodes[name]
	if n.version < version {
		n.version = version
		n.alive = true
	}
}

func (m *Members) Suspect(name string, dead func(string, int)) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.timer = newSuspicion(time.Second, func(int) {
		m.lock.Lock()
		n, ok := m.nodes[name]
		gone := ok && !n.alive && n.version > 0
		m.lock.Unlock()
		if gone {
			dead(name, n.version) // want `n.version is read after m.lock was released: 3 of 4 uses hold it`
		}
	})
}

// Registry has a lock, each of its entries another one.
type Registry struct {
	mu      sync.Mutex
	entries []*Entry
}

type Entry struct {
	mu      sync.Mutex
	filters []string
	hits    int
}

func (e *Entry) Add(filter string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.filters = append(e.filters, filter)
	e.hits++
}

func (e *Entry) Reset() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.filters = nil
}

func (e *Entry) Len() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.filters)
}

func (e *Entry) Has(filter string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.filters) == 0 {
		return true
	}
	for _, f := range e.filters {
		if f == filter {
			return true
		}
	}
	return false
}

func (r *Registry) Unique(filter string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.entries {
		for _, f := range e.filters { // want `e.filters is read without e.mu: 6 of 7 uses hold it`
			if f == filter {
				return false
			}
		}
	}
	return true
}

// Routes are never changed, but replaced, which readers without the lock race
// with all the same.
type Routes struct {
	mu    sync.RWMutex
	table map[string]string
}

func (r *Routes) Install(table map[string]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.table = table
}

func (r *Routes) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.table = nil
}

func (r *Routes) Of(name string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.table[name]
}

func (r *Routes) Size() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.table)
}

func (r *Routes) Empty() bool {
	return len(r.table) == 0 // want `r.table is read without r.mu: 4 of 5 uses hold it`
}

// Codec's settings are only ever touched under its lock, held for reading.
type Codec struct {
	mu       sync.RWMutex
	encoders []*encoder
}

type encoder struct{ rate, extra int }

func (c *Codec) Rates() (sum int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, e := range c.encoders {
		sum += e.rate + e.extra
	}
	return sum
}

func (c *Codec) Configure(on bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, e := range c.encoders {
		if !on {
			e.extra = 0 // want `e.extra is written while c.mu is held for reading only, which others may hold at the same time`
		}
	}
}

// Recent is in order of use, so a look-up changes it.
type Recent[K comparable] struct {
	mu    sync.RWMutex
	order *list.List
	index map[K]*list.Element
}

func (r *Recent[K]) Put(k K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.index[k] = r.order.PushFront(k)
}

func (r *Recent[K]) Has(k K) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	e, ok := r.index[k]
	if ok {
		r.order.MoveToFront(e) // want `r.order is changed while r.mu is held for reading only, which others may hold at the same time`
	}
	return ok
}

// Tokens are taken under the lock, by a helper too, and only there.
type Tokens struct {
	perSecond float64

	mu     sync.Mutex
	tokens float64
	last   time.Time
}

// fill needs mu to be held.
func (t *Tokens) fill(now time.Time) {
	t.tokens += now.Sub(t.last).Seconds() * t.perSecond
	t.last = now
}

func (t *Tokens) Take() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fill(time.Now())
	if t.tokens < 1 {
		return false
	}
	t.tokens--
	return true
}

func (t *Tokens) Wait() float64 {
	return (1 - t.tokens) / t.perSecond // want `t.tokens is read without t.mu: 3 of 4 uses hold it`
}

var (
	peersMu sync.Mutex
	peers   []string
	leader  string // guarded by peersMu
)

func AddPeer(name string) {
	peersMu.Lock()
	defer peersMu.Unlock()
	peers = append(peers, name)
	leader = name
}

func Peers() []string {
	return peers // want `peers is read without peersMu: 2 of 3 uses hold it`
}

func Leader() string {
	return leader // want `leader is read without peersMu: its comment says that it guards it`
}

// Tiers' map is replaced and filled under the lock; whether there is one is
// asked once more when the lock has been released.
type Tiers struct {
	mu     sync.Mutex
	limits map[string]int
	owner  string
}

func (t *Tiers) Update(limits map[string]int, enabled bool, announce func(string)) {
	t.mu.Lock()
	if len(limits) > 0 {
		t.limits = make(map[string]int)
		for name, limit := range limits {
			t.limits[name] = limit
		}
	} else if t.limits != nil {
		t.limits = nil
	}
	t.mu.Unlock()
	if !enabled && t.limits != nil { // want `t.limits is read after t.mu was released: \d of \d uses hold it`
		announce(t.owner)
	}
}

func (t *Tiers) Limit(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.limits[name]
}

func (t *Tiers) Enable(limits map[string]int) {
	t.mu.Lock()
	t.limits = limits
	t.mu.Unlock()
}

// Sink stands for what a relay hands on to.
type Sink interface {
	Ready() bool
	Put(text string) error
	Under(name string) Sink
}

// A Relay hands on what isn't said twice. Ready takes the lock for the sink
// alone: it is for the sink, however many forget it.
type Relay struct {
	sink  Sink
	every time.Duration
	lock  sync.RWMutex
	said  map[string]time.Time
}

// Ready asks the sink.
func (r *Relay) Ready() bool {
	r.lock.RLock()
	ready := r.sink.Ready()
	r.lock.RUnlock()
	return ready
}

// Put hands on a text.
func (r *Relay) Put(text string) error {
	r.lock.Lock()
	last := r.said[text]
	r.said[text] = time.Now()
	r.lock.Unlock()
	if time.Since(last) < r.every {
		return nil
	}
	return r.sink.Put(text) // want `r.sink is read without r.lock: 3 of 6 uses hold it`
}

// Under changes the sink.
func (r *Relay) Under(name string) {
	r.lock.Lock()
	r.sink = r.sink.Under(name)
	r.lock.Unlock()
}

// Warn hands on a warning.
func (r *Relay) Warn(text string) error { return r.sink.Put("warning: " + text) }

// Fail hands on an error.
func (r *Relay) Fail(text string) error { return r.sink.Put("error: " + text) }
