package methods

import (
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// The goroutine that the constructor starts needs the lock under which the
// method sends to it: the second call may come before it has taken the lock.
type Board struct {
	mu     sync.Mutex
	marks  chan string
	done   chan struct{}
	status map[string]bool
}

func NewBoard() *Board {
	b := &Board{marks: make(chan string), done: make(chan struct{}), status: make(map[string]bool)}
	go b.work()
	return b
}

func (b *Board) work() {
	for {
		select {
		case m := <-b.marks:
			b.mu.Lock() // want "lock blocked"
			b.status[m] = true
			b.mu.Unlock()
		case <-b.done:
			return
		}
	}
}

func (b *Board) Mark(m string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.status[m] {
		b.marks <- m // want "lock blocked"
	}
}

func (b *Board) Close() { close(b.done) }

// Listen calls Close when it fails, and so will those who call Listen.
type Gate struct {
	in   net.Listener
	quit chan struct{}
}

func NewGate(in net.Listener) *Gate { return &Gate{in, make(chan struct{})} }

func (g *Gate) Listen() error {
	for {
		c, err := g.in.Accept()
		if err != nil {
			g.Close()
			return err
		}
		c.Close()
	}
}

func (g *Gate) Close() { close(g.quit) } // want "double close"

// A plain variable tells the goroutine to stop.
type Ticker struct {
	halted bool
	ended  sync.WaitGroup
	f      func()
}

func (t *Ticker) Begin() {
	t.ended.Add(1)
	go func() {
		defer t.ended.Done()
		for !t.halted { // want "race"
			t.f()
		}
	}()
}

func (t *Ticker) Halt() {
	t.halted = true
	t.ended.Wait()
}

// Close closes channels that Tell still has a list of.
type Crowd struct {
	mu  sync.Mutex
	all []chan string
}

func (c *Crowd) Join() <-chan string {
	ch := make(chan string, 4)
	c.mu.Lock()
	c.all = append(c.all, ch)
	c.mu.Unlock()
	return ch
}

func (c *Crowd) Tell(s string) {
	c.mu.Lock()
	all := c.all
	c.mu.Unlock()
	for _, ch := range all {
		ch <- s // want "send on closed"
	}
}

func (c *Crowd) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ch := range c.all {
		close(ch) // want "sync race"
	}
	c.all = nil
}

// What the map holds is written without the lock of those who read it.
type Leases struct {
	sync.Mutex
	byName map[string]*lease
}

type lease struct{ until time.Time }

func NewLeases() *Leases {
	l := &Leases{byName: make(map[string]*lease)}
	go func() {
		for range time.Tick(time.Second) {
			l.expire(time.Now())
		}
	}()
	return l
}

func (l *Leases) expire(now time.Time) {
	l.Lock()
	defer l.Unlock()
	for name, held := range l.byName {
		if held.until.Before(now) { // want "race"
			delete(l.byName, name)
		}
	}
}

func (l *Leases) Take(name string, d time.Duration) {
	l.Lock()
	defer l.Unlock()
	l.byName[name] = &lease{time.Now().Add(d)}
}

func (l *Leases) Keep(name string, d time.Duration) error {
	l.Lock()
	held := l.byName[name]
	l.Unlock()
	if held == nil {
		return errors.New("no such lease")
	}
	held.until = time.Now().Add(d)
	return nil
}

// Opposite orders.
type Ledger struct {
	open, closed sync.Mutex
	a, b         []int
}

func (l *Ledger) Settle() {
	l.open.Lock()
	defer l.open.Unlock()
	l.closed.Lock() // want "lock order"
	defer l.closed.Unlock()
	l.b, l.a = append(l.b, l.a...), nil
}

func (l *Ledger) Total() int {
	l.closed.Lock()
	defer l.closed.Unlock()
	l.open.Lock()
	defer l.open.Unlock()
	return len(l.a) + len(l.b)
}

// Handlers run beside themselves.
var seen int

func count(w http.ResponseWriter, r *http.Request) {
	seen++ // want "race"
	if seen > 10 {
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

type site struct{ last string }

func (s *site) show(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(s.last))
}

func (s *site) set(w http.ResponseWriter, r *http.Request) {
	s.last = r.URL.Path // want "race"
}

func routes() http.Handler {
	s := new(site)
	mux := http.NewServeMux()
	mux.HandleFunc("/count", count)
	mux.HandleFunc("/show", s.show)
	mux.HandleFunc("/set", s.set)
	return mux
}

var (
	strictHits int
	mounting   sync.Mutex
)

// Only what the handler has captured tells the two ways to mount it apart.
func mount(mux *http.ServeMux, quiet bool) {
	counts := true
	if quiet {
		counts = false
	}
	mux.HandleFunc("/strict", func(w http.ResponseWriter, r *http.Request) {
		if counts {
			strictHits++ // want "race"
		}
	})
	mounting.Lock()
	defer mounting.Unlock()
}

// An actor that answers twice waits for ever on the second answer.
type Actor struct {
	asks chan ask
	quit chan struct{}
	max  int
}

type ask struct {
	text   string
	answer chan string
}

func NewActor(max int) *Actor {
	a := &Actor{asks: make(chan ask), quit: make(chan struct{}), max: max}
	go a.loop()
	return a
}

func (a *Actor) loop() {
	for {
		select {
		case <-a.quit:
			return
		case q := <-a.asks:
			a.serve(q)
		}
	}
}

func (a *Actor) serve(q ask) {
	if len(q.text) > a.max {
		q.answer <- "too long"
	}
	q.answer <- q.text // want "send"
}

func (a *Actor) Ask(text string) string {
	q := ask{text, make(chan string)}
	select {
	case a.asks <- q:
	case <-a.quit:
		return ""
	}
	return <-q.answer
}

func (a *Actor) Stop() { close(a.quit) }

// The writer needs the lock that is held while its queue is full.
type Audit struct {
	mu      sync.Mutex
	seq     int
	written int
	queue   chan int
}

func NewAudit(n int, write func(int)) *Audit {
	a := &Audit{queue: make(chan int, n)}
	go func() {
		for seq := range a.queue {
			write(seq)
			a.mu.Lock() // want "lock blocked"
			a.written = seq
			a.mu.Unlock()
		}
	}()
	return a
}

func (a *Audit) Log() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seq++
	a.queue <- a.seq // want "lock blocked"
	return a.seq
}

func (a *Audit) Written() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.written
}

// Stop waits for the workers and keeps them from ending.
type Crew struct {
	mu    sync.Mutex
	state map[string]int
	quit  chan struct{}
	wg    sync.WaitGroup
}

func NewCrew() *Crew { return &Crew{state: make(map[string]int), quit: make(chan struct{})} }

func (c *Crew) Hire(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state[name] = 0
	c.wg.Add(1)
	go c.work(name)
}

func (c *Crew) work(name string) {
	defer c.wg.Done()
	for {
		select {
		case <-c.quit:
			return
		default:
			c.note(name)
		}
	}
}

func (c *Crew) note(name string) {
	c.mu.Lock() // want "lock blocked"
	defer c.mu.Unlock()
	c.state[name]++
}

func (c *Crew) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.quit)
	c.wg.Wait() // want "lock blocked"
}

// The timer's function looks whether the channel is open, and sends later.
type Quiet struct {
	mu     sync.Mutex
	out    chan string
	timers map[string]*time.Timer
	closed bool
}

func NewQuiet(room int) *Quiet {
	return &Quiet{out: make(chan string, room), timers: make(map[string]*time.Timer)}
}

func (q *Quiet) Touch(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return
	}
	if t, ok := q.timers[name]; ok {
		t.Reset(time.Second)
		return
	}
	q.timers[name] = time.AfterFunc(time.Second, func() { q.fire(name) })
}

func (q *Quiet) fire(name string) {
	q.mu.Lock()
	closed := q.closed
	q.mu.Unlock()
	if closed {
		return
	}
	select { // want "sync race"
	case q.out <- name:
	default:
	}
}

func (q *Quiet) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.out) // want "send on closed"
	}
}
