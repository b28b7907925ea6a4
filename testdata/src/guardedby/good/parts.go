package good

import (
	"sync"
	"time"
)

// Bounds are set as a whole before the others know of the plan.
type Bounds struct{ Low, High int }

// Totals count.
type Totals struct {
	Runs int
	Took time.Duration
}

// A Plan has a lock for its totals.
type Plan struct {
	bounds Bounds

	mu     sync.Mutex
	totals Totals
	last   Totals
}

func NewPlan(b Bounds) *Plan {
	p := &Plan{bounds: b}
	p.totals = Totals{}
	return p
}

// Bounds never change.
func (p *Plan) Bounds() Bounds { return p.bounds }

func (p *Plan) Run(work func(low, high int)) {
	start := time.Now()
	work(p.bounds.Low, p.bounds.High)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.totals.Runs++
	p.totals.Took += time.Since(start)
}

func (p *Plan) Totals() Totals {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.totals
}

func (p *Plan) Reset() Totals {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = p.totals
	p.totals = Totals{}
	return p.last
}

// A page list is emptied only where nobody else has it.
type Leaves struct {
	mu   sync.Mutex
	free [][]byte
	open []string
}

// Take hands the list over and begins another one.
func (l *Leaves) Take() [][]byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	free := l.free
	l.free = nil
	return free
}

func (l *Leaves) Put(page []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.free = append(l.free, page)
}

// Open copies what Reopen overwrites.
func (l *Leaves) Open() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.open...)
}

func (l *Leaves) Reopen(names []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = l.open[:0]
	for _, name := range names {
		l.open = append(l.open, name)
	}
}

func (l *Leaves) Longest() (longest string) {
	for _, name := range l.Open() {
		if len(name) > len(longest) {
			longest = name
		}
	}
	return longest
}
