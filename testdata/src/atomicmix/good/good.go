// Package good uses sync/atomic where others can be at work, and only there.
package good

import (
	"fmt"
	"log"
	"sync"
	"sync/atomic"
	"time"
)

// A Server counts what it does.
type Server struct {
	requests int64
	limit    int64
	draining int32
	stop     chan struct{}
	wg       sync.WaitGroup
	mu       sync.Mutex
	typed    atomic.Int64
}

// NewServer sets fields of an object that nobody else knows.
func NewServer(limit int64) *Server {
	s := &Server{limit: limit, stop: make(chan struct{})}
	s.draining = 0
	s.prepare()
	return s
}

func (s *Server) prepare() { s.requests = 0 }

// Start sets a field before there is another goroutine.
func (s *Server) Start() {
	s.draining = 0
	s.wg.Add(1)
	go s.loop()
}

func (s *Server) loop() {
	defer s.wg.Done()
	for atomic.LoadInt32(&s.draining) == 0 {
		atomic.AddInt64(&s.requests, 1)
		s.typed.Add(1)
	}
}

// Stop reads when the goroutine is gone.
func (s *Server) Stop() int64 {
	atomic.StoreInt32(&s.draining, 1)
	s.wg.Wait()
	return s.requests
}

// SetLimit reads plainly under the lock of all who write.
func (s *Server) SetLimit(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.limit != n {
		atomic.StoreInt64(&s.limit, n)
	}
}

// Limit needs no lock.
func (s *Server) Limit() int64 { return atomic.LoadInt64(&s.limit) }

// total reads what its goroutines counted, when they are done.
func total(parts []func() int64) int64 {
	var sum int64
	sum = 0
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() { atomic.AddInt64(&sum, part()) })
	}
	wg.Wait()
	return sum
}

// drained reads behind a receive.
func drained(work func() int64) int64 {
	var sum int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		atomic.StoreInt64(&sum, work())
	}()
	<-done
	sum++
	return sum
}

// A Meter has one goroutine that writes: it may read plainly what it alone
// changes.
type Meter struct {
	position int64
	in       chan int
}

// Run starts the writer.
func (m *Meter) Run() {
	go func() {
		for n := range m.in {
			if m.position+int64(n) > 0 {
				atomic.StoreInt64(&m.position, m.position+int64(n))
			}
		}
	}()
}

// Position is for the others.
func (m *Meter) Position() int64 { return atomic.LoadInt64(&m.position) }

// A Writer isn't for several goroutines, but its count is.
type Writer struct{ written int64 }

// Write is called by one goroutine.
func (w *Writer) Write(p []byte) (int, error) {
	atomic.StoreInt64(&w.written, w.written+int64(len(p)))
	return len(p), nil
}

// Written is called by all.
func (w *Writer) Written() int64 { return atomic.LoadInt64(&w.written) }

// Stats are counted atomically, and copied into snapshots that are read
// plainly.
type Stats struct{ Hits, Misses int64 }

// Hit counts.
func (s *Stats) Hit() { atomic.AddInt64(&s.Hits, 1) }

// Miss counts.
func (s *Stats) Miss() { atomic.AddInt64(&s.Misses, 1) }

// Snapshot copies.
func (s *Stats) Snapshot() *Stats {
	return &Stats{Hits: atomic.LoadInt64(&s.Hits), Misses: atomic.LoadInt64(&s.Misses)}
}

// Ratio is for snapshots.
func (s *Stats) Ratio() float64 { return float64(s.Hits) / float64(s.Hits+s.Misses) }

// String is for copies.
func (s Stats) String() string { return fmt.Sprint(s.Hits, s.Misses) }

// A gate is only opened plainly where nobody else can be.
type gate struct {
	open uint32
	once sync.Once
	mu   sync.Mutex
}

// Do is sync.Once's own way: written atomically under the lock, read plainly
// under it.
func (g *gate) Do(f func()) {
	if atomic.LoadUint32(&g.open) == 1 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open == 0 {
		defer atomic.StoreUint32(&g.open, 1)
		f()
	}
}

// setUp runs once, before anybody gets by.
func (g *gate) SetUp() {
	g.once.Do(func() { g.open = 0 })
}

// A Pool is set up by a method that assigns all there is.
type Pool struct {
	size, free, used int64
}

// Init makes the pool new.
func (p *Pool) Init(size int64) {
	p.size = size
	p.free = size
	p.used = 0
}

// Take counts.
func (p *Pool) Take() { atomic.AddInt64(&p.used, 1) }

var level int32

func init() { level = 3 }

// Level is read atomically everywhere.
func Level() int32 { return atomic.LoadInt32(&level) }

// SetLevel writes so.
func SetLevel(n int32) { atomic.StoreInt32(&level, n) }

// Rewind is for the only user.
//
// It is not safe for concurrent use.
func (w *Writer) Rewind() { w.written = 0 }

// handed looks at an object that came over a channel.
func handed(in chan *Meter) {
	for m := range in {
		log.Println(m.position)
	}
}

type current struct{ v atomic.Value }

// An atomic.Value is used where it is, and may be made and pointed to.
func (c *current) use() *atomic.Value {
	var fresh atomic.Value
	fresh.Store(1)
	p := &c.v
	p.Store(fresh.Load())
	return p
}

// A latch guesses plainly what a compare-and-swap then confirms.
type latch struct{ state int32 }

// Set may lose, and then tries again.
func (l *latch) Set(bit int32) {
	for {
		old := l.state
		if old&bit != 0 || atomic.CompareAndSwapInt32(&l.state, old, old|bit) {
			return
		}
	}
}

// Clear is alone.
func (l *latch) Clear() bool {
	// Nobody races with this: the last user is gone.
	return l.state == 0
}

// InitLatch is there to be called first.
func (l *latch) InitLatch() { l.state = 1 }

// A queue hands a token around: who has it writes alone.
type queue struct {
	token chan struct{}
	seq   uint64
}

// Append holds the token, in a function of its own.
func (q *queue) Append(n uint64) { q.append(n) }

func (q *queue) append(n uint64) {
	q.token <- struct{}{}
	first := q.seq + 1
	atomic.StoreUint64(&q.seq, first+n)
	<-q.token
}

// Skip is another holder.
func (q *queue) Skip() uint64 {
	q.token <- struct{}{}
	next := q.seq + 1
	<-q.token
	return next
}

// Last is for all.
func (q *queue) Last() uint64 { return atomic.LoadUint64(&q.seq) }

// A gauge has a pointer that is set when it is made; only what it points to
// is shared.
type gauge struct {
	value *int64
	name  string
}

func newGauge(name string) *gauge {
	g := &gauge{value: new(int64), name: name}
	*g.value = 1
	return g
}

// Add counts.
func (g *gauge) Add(n int64) { atomic.AddInt64(g.value, n) }

// Same compares pointers.
func (g *gauge) Same(other *gauge) bool { return g.value == other.value || g.value == nil }

// Peek says how it is ordered.
func (l *latch) Peek() int32 {
	return l.state // load-acquire is enough here, and this is one on all we run on
}

// meter reports when all is done: behind that case nobody writes any more.
type meter struct {
	sent   uint64
	closed chan struct{}
}

func (m *meter) run(read func() int) {
	go func() {
		for n := read(); n > 0; n = read() {
			atomic.AddUint64(&m.sent, uint64(n))
		}
		close(m.closed)
	}()
}

func (m *meter) Report(stop <-chan time.Time, logf func(string, ...any)) {
	select {
	case <-stop:
		logf("%d so far", atomic.LoadUint64(&m.sent))
	case <-m.closed:
		logf("%d in all", m.sent)
	}
}

// Shares are counted per kind. That there is one for each kind, the compiler
// checks; nobody else sees that copy.
type shares struct{ of [4]atomic.Value }

var _ = (shares{}).of[3]

// Traffic is counted for the whole house atomically, and for each guest under
// the guest's lock: these are different counters.
type traffic struct{ in, out int64 }

type House struct {
	traffic
	guests sync.Map
}

type Guest struct {
	mu sync.Mutex
	traffic
	house *House
}

func (g *Guest) Send(n int64) {
	g.mu.Lock()
	g.out += n
	g.mu.Unlock()
	atomic.AddInt64(&g.house.out, n)
}

func (g *Guest) Sent() int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.out
}

func (h *House) Sent() int64 { return atomic.LoadInt64(&h.out) }
