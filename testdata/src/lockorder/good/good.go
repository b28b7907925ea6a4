// Package good holds near misses: orders that agree, or never meet.
package good

import "sync"

type account struct {
	id      int
	mu      sync.Mutex
	balance int
}

// Instances are ordered by their number.
func transfer(from, to *account, amount int) {
	first, second := from, to
	if first.id > second.id {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	from.balance -= amount
	to.balance += amount
}

func exchange() {
	a, b := &account{id: 1}, &account{id: 2}
	var wg sync.WaitGroup
	wg.Go(func() { transfer(a, b, 1) })
	wg.Go(func() { transfer(b, a, 1) })
	wg.Wait()
}

type pair struct {
	gate sync.Mutex
	a, b sync.Mutex
}

// A gate keeps the opposite orders apart.
func (p *pair) ab() {
	p.gate.Lock()
	defer p.gate.Unlock()
	p.a.Lock()
	p.b.Lock()
	p.b.Unlock()
	p.a.Unlock()
}

func (p *pair) ba() {
	p.gate.Lock()
	defer p.gate.Unlock()
	p.b.Lock()
	p.a.Lock()
	p.a.Unlock()
	p.b.Unlock()
}

func gated() {
	p := &pair{}
	go p.ab()
	p.ba()
}

// One goroutine has ended before the other starts.
func oneAfterTheOther() {
	var a, b sync.Mutex
	done := make(chan struct{})
	go func() {
		a.Lock()
		b.Lock()
		b.Unlock()
		a.Unlock()
		close(done)
	}()
	<-done
	b.Lock()
	a.Lock()
	a.Unlock()
	b.Unlock()
}

type couple struct{ a, b sync.Mutex }

// TryLock doesn't wait.
func (p *couple) tryBA() bool {
	p.b.Lock()
	defer p.b.Unlock()
	if !p.a.TryLock() {
		return false
	}
	p.a.Unlock()
	return true
}

func (p *couple) plainAB() {
	p.a.Lock()
	p.b.Lock()
	p.b.Unlock()
	p.a.Unlock()
}

func tried() {
	p := &couple{}
	go p.plainAB()
	p.tryBA()
}

// The first lock is given back before the second is taken.
func (p *couple) handOver() {
	p.b.Lock()
	p.b.Unlock()
	p.a.Lock()
	p.a.Unlock()
}

func handedOver() {
	p := &couple{}
	go p.plainAB()
	p.handOver()
}

// Two read locks don't exclude each other.
type table struct{ rows, cols sync.RWMutex }

func (t *table) rowsFirst() {
	t.rows.RLock()
	t.cols.RLock()
	t.cols.RUnlock()
	t.rows.RUnlock()
}

func (t *table) colsFirst() {
	t.cols.RLock()
	t.rows.RLock()
	t.rows.RUnlock()
	t.cols.RUnlock()
}

func readers() {
	t := &table{}
	go t.rowsFirst()
	t.colsFirst()
}

type index struct {
	mu    sync.RWMutex
	parts []*part
}

type part struct {
	mu   sync.RWMutex
	of   *index
	size int
}

// Readers let readers in.
func (x *index) total() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := 0
	for _, p := range x.parts {
		p.mu.RLock()
		n += p.size
		p.mu.RUnlock()
	}
	return n
}

func (p *part) share() float64 {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.of.mu.RLock()
	defer p.of.mu.RUnlock()
	return float64(p.size) / float64(len(p.of.parts))
}

type parent struct {
	mu       sync.Mutex
	children []*child
}

type child struct {
	mu sync.Mutex
	up *parent
}

// A child that nobody else knows yet.
func (p *parent) add() *child {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &child{up: p}
	c.mu.Lock()
	defer c.mu.Unlock()
	p.children = append(p.children, c)
	return c
}

func (c *child) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.up.remove(c)
}

func (p *parent) remove(gone *child) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, c := range p.children {
		if c == gone {
			p.children = append(p.children[:i], p.children[i+1:]...)
			return
		}
	}
}

// The lock is given back before the callee takes the other one.
func (c *child) detach() {
	c.mu.Lock()
	c.drop()
	c.mu.Unlock()
}

func (c *child) drop() {
	up := c.up
	c.mu.Unlock()
	up.mu.Lock()
	up.children = nil
	up.mu.Unlock()
	c.mu.Lock()
}

func (p *parent) visit() {
	p.mu.Lock()
	first := p.children[0]
	p.mu.Unlock()
	first.mu.Lock()
	defer first.mu.Unlock()
}
