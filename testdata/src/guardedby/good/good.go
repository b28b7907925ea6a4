// Package good keeps its variables to itself, or under their locks.
package good

import (
	"sync"
	"sync/atomic"
)

type Pool struct {
	name string
	mu   sync.Mutex
	free []int
	used int
	hits atomic.Int64
	done chan struct{}
	wg   sync.WaitGroup
}

// Nobody else knows the object yet.
func NewPool(name string, n int) *Pool {
	p := &Pool{name: name}
	p.used = 1
	p.setUp(n)
	p.used = 0
	return p
}

func (p *Pool) setUp(n int) {
	p.free = make([]int, n)
	p.done = make(chan struct{})
}

func (p *Pool) Get() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hits.Add(1)
	return p.takeLocked()
}

// Its callers hold the lock.
func (p *Pool) takeLocked() int {
	p.used++
	n := p.free[0]
	p.free = p.free[1:]
	return n
}

func (p *Pool) take() int {
	p.used++
	n := p.free[0]
	p.free = p.free[1:]
	return n
}

func (p *Pool) Two() (int, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.take(), p.take()
}

func (p *Pool) Put(n int) {
	p.mu.Lock()
	p.free = append(p.free, n)
	p.used--
	p.mu.Unlock()
}

// Reset drops everything. The caller must hold p.mu.
func (p *Pool) Reset() {
	p.free = nil
	p.used = 0
}

// Never written after construction.
func (p *Pool) Name() string { return p.name }

func (p *Pool) Label() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.used > 0 {
		return p.name + "!"
	}
	return p.name
}

// Written before the goroutine starts that shares it.
func (p *Pool) Run() {
	p.used = 0
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		<-p.done
		p.Put(1)
	}()
}

// Read when all goroutines are done.
func (p *Pool) Stop() int {
	close(p.done)
	p.wg.Wait()
	return p.used
}

// Goes on under the lock of its caller, and gives it back.
func (p *Pool) finishAndUnlock() {
	p.used = 0
	p.mu.Unlock()
}

func (p *Pool) Finish() {
	p.mu.Lock()
	go p.finishAndUnlock()
}

type Lazy struct {
	mu    sync.Mutex
	value *int
	once  sync.Once
	table []int
}

// Set once, and known to be set behind the lock.
func (l *Lazy) Value() *int {
	l.mu.Lock()
	if l.value == nil {
		if l.value == nil {
			l.value = new(int)
		}
	}
	l.mu.Unlock()
	return l.value
}

func (l *Lazy) Table() []int {
	l.once.Do(func() { l.table = make([]int, 10) })
	return l.table
}

func (l *Lazy) main() {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.table
}
