package good

import (
	"sync"
	"sync/atomic"
	"time"
)

// A report is set by whoever ends the run, who then says so.
type run struct {
	ended chan struct{}
	ready atomic.Bool

	mu     sync.Mutex
	report *report
	totals []int
}

type report struct{ lines, errors int }

func (r *run) End(result *report) {
	r.mu.Lock()
	r.report = result
	r.mu.Unlock()
	close(r.ended)
}

func (r *run) Report() *report {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.report
}

func (r *run) Lines() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.report.lines
}

func (r *run) Errors() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.report.errors
}

// Wait knows that nobody sets the report any more.
func (r *run) Wait() *report {
	<-r.ended
	return r.report
}

func (r *run) SetTotals(totals []int) {
	r.mu.Lock()
	r.totals = totals
	r.mu.Unlock()
	r.ready.Store(true)
}

func (r *run) Totals() []int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.totals
}

func (r *run) Sum() (sum int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.totals {
		sum += n
	}
	return sum
}

func (r *run) Largest() (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, next := range r.totals {
		n = max(n, next)
	}
	return n
}

// First asks the flag before it looks.
func (r *run) First() int {
	if !r.ready.Load() {
		return 0
	}
	return r.totals[0]
}

// An order asks for what never changes, and then calls what takes the lock.
type Order struct {
	kind string

	mu    sync.Mutex
	state string
	paid  bool
	next  []string
}

func (o *Order) pay(by string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.paid = true
	o.next = append(o.next, by)
}

func (o *Order) Pay(by string) {
	if o.kind == "gift" {
		return
	}
	o.pay(by)
}

// Settle copies what it asks for.
func (o *Order) Settle(by string) {
	o.mu.Lock()
	paid := o.paid
	o.mu.Unlock()
	if !paid {
		o.pay(by)
	}
}

// Sheets are looked at under one lock; what is needed later is copied.
type Sheets struct {
	lock  sync.RWMutex
	cells map[string]*cell
	fire  func(int)
}

type cell struct {
	name    string
	version int
	changed time.Time
}

func (s *Sheets) Set(name string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	c := s.cells[name]
	if c == nil {
		c = &cell{name: name}
		s.cells[name] = c
	}
	c.version++
	c.changed = time.Now()
}

func (s *Sheets) Version(name string) int {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.cells[name].version
}

func (s *Sheets) Watch(name string, tell func(string, int)) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.fire = func(int) {
		s.lock.RLock()
		c := s.cells[name]
		version, old := c.version, time.Since(c.changed) > time.Hour
		s.lock.RUnlock()
		if old {
			tell(c.name, version) // its name is the cell's for good
		}
	}
}
