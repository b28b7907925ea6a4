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

// TryLock doesn't wait.
func (p *pair) tryBA() bool {
	p.b.Lock()
	defer p.b.Unlock()
	if !p.a.TryLock() {
		return false
	}
	p.a.Unlock()
	return true
}

func (p *pair) plainAB() {
	p.a.Lock()
	p.b.Lock()
	p.b.Unlock()
	p.a.Unlock()
}

func tried() {
	p := &pair{}
	go p.plainAB()
	p.tryBA()
}

// The first lock is given back before the second is taken.
func (p *pair) handOver() {
	p.b.Lock()
	p.b.Unlock()
	p.a.Lock()
	p.a.Unlock()
}

func handedOver() {
	p := &pair{}
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
