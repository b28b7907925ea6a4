package good

import (
	"fmt"
	"sync"
	"time"
)

// queue hands its mutex to the condition, through which all lock it.
type queue struct {
	mu    sync.Mutex
	ready *sync.Cond
	jobs  []string
}

func newQueue() *queue {
	q := &queue{}
	q.ready = sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(job string) {
	q.ready.L.Lock()
	q.jobs = append(q.jobs, job)
	q.ready.L.Unlock()
	q.ready.Signal()
}

// Shared can be locked by whoever has one: the lock is promoted.
type Shared struct {
	sync.Mutex
	Count int
}

func (s *Shared) Grow() { s.Count++ }

// Open has a lock that others may take by name.
type Open struct {
	Mu    sync.Mutex
	Count int
}

func (o *Open) Grow() { o.Count++ }

// pinned isn't copied: that's all its lock is for.
type pinned struct {
	_     sync.Mutex
	count int
}

func (p *pinned) grow() { p.count++ }

// config has a lock for what nobody changes once it is made.
type config struct {
	mu   sync.Mutex
	path string
}

func newConfig(path string) *config {
	c := &config{}
	c.path = path
	return c
}

func (c *config) String() string { return c.path }

// sink serialises writes with a lock that holds no variable.
type sink struct {
	outMu sync.Mutex
	inMu  sync.Mutex
	last  time.Time
}

func (s *sink) note() {
	s.inMu.Lock()
	defer s.inMu.Unlock()
	s.last = time.Now()
}

// ledger is a Locker, and so locked by whoever holds it as one.
type ledger struct {
	sync.Mutex
	sum int
}

func (l *ledger) add(n int) { l.sum += n }

func underLocker(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}

func useIdle() {
	q, p, c, s, l := newQueue(), &pinned{}, newConfig("/etc"), &sink{}, &ledger{}
	q.put(c.String())
	p.grow()
	s.note()
	underLocker(l, func() { l.add(1) })
	fmt.Println(q, p, s)
}

var _ = useIdle

// A timerSink's lock was meant for something, but not for the timer's values, which
// have a lock of their own.
type timerSink struct {
	mu    sync.RWMutex
	timer *values
}

type values struct {
	mu   sync.Mutex
	list []int
}

func (s *timerSink) Report(n int) {
	s.timer.mu.Lock()
	s.timer.list = append(s.timer.list, n)
	s.timer.mu.Unlock()
}

// The lock of the segments isn't for what happens to stand below it.
type profile struct {
	mu      sync.Mutex
	segLock sync.RWMutex // not used yet
	ticker  int
}

func (p *profile) Set(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ticker = n
}

// What the lock is for says its name.
type attacker struct {
	client string
	seqMu  sync.Mutex // not used yet
	seq    uint64
}

func (a *attacker) use(client string) { a.client = client }

func (a *attacker) Attack() (string, uint64) { return a.client, a.seq }
