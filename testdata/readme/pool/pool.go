// Package pool holds the mistake that README shows on a terminal.
package pool

import "sync"

// A Pool counts what its workers have done.
type Pool struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	done int
}

func (p *Pool) work() {
	defer p.wg.Done()
	p.mu.Lock()
	p.done++
	p.mu.Unlock()
}

// Run runs the workers and returns how many were there.
func Run() int {
	p := new(Pool)
	for range 2 {
		p.wg.Add(1)
		go p.work()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wg.Wait()
	return p.done
}
