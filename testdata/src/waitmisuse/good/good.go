// Package good holds near misses: counts that fit.
package good

import (
	"errors"
	"sync"
)

type job struct {
	name string
	run  func() error
}

type pool struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	errs []error
}

func (p *pool) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errs = append(p.errs, err)
}

func (p *pool) startAll(jobs []job) {
	for _, j := range jobs {
		p.wg.Add(1)
		go func() {
			defer p.wg.Done()
			p.note(j.run())
		}()
	}
	p.wg.Wait()
}

// Done is deferred: it runs on every way out.
func runAll(jobs []job) error {
	var wg sync.WaitGroup
	var first error
	var mu sync.Mutex
	for _, j := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if j.run == nil {
				mu.Lock()
				first = errors.New(j.name)
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return first
}

// All are counted at once.
func runCounted(jobs []job) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, j := range jobs {
		go func() {
			defer wg.Done()
			j.run()
		}()
	}
	wg.Wait()
}

// A counted goroutine may count more.
func tree(depth int, visit func(int)) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := range 2 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				visit(depth + i)
			}()
		}
	}()
	wg.Wait()
}

// Done through a pointer parameter.
func worker(wg *sync.WaitGroup, do func()) {
	defer wg.Done()
	do()
}

func pair(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(2)
	go worker(&wg, a)
	go worker(&wg, b)
	wg.Wait()
}

// Go counts by itself.
func modern(jobs []job) {
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Go(func() { j.run() })
	}
	wg.Wait()
}

// The wait comes after a signal that the Add is done.
func signalled(do func()) {
	var wg sync.WaitGroup
	added := make(chan struct{})
	go func() {
		wg.Add(1)
		close(added)
		defer wg.Done()
		do()
	}()
	<-added
	wg.Wait()
}

// The caller's WaitGroup: somebody else may count it down.
func attach(wg *sync.WaitGroup, do func()) {
	wg.Add(1)
	go func() {
		do()
	}()
}

// listener's goroutines count themselves where that is safe: under the lock
// that close has taken before it waits, for those that they start, and before
// they say that they have come so far.
type listener struct {
	mu     sync.Mutex
	closed bool
	conns  sync.WaitGroup
	tasks  sync.WaitGroup
	loops  sync.WaitGroup
}

func (l *listener) serve(handle func()) {
	for range 3 {
		go l.conn(handle)
	}
	go l.fan(handle)
	ready := make(chan struct{})
	go l.loop(ready, handle)
	<-ready
}

func (l *listener) conn(handle func()) {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return
	}
	l.conns.Add(1)
	l.mu.Unlock()
	defer l.conns.Done()
	handle()
}

func (l *listener) fan(handle func()) {
	defer l.tasks.Done()
	l.tasks.Add(1)
	go l.task(handle)
}

func (l *listener) task(handle func()) {
	defer l.tasks.Done()
	handle()
}

func (l *listener) loop(ready chan<- struct{}, handle func()) {
	l.loops.Add(1)
	defer l.loops.Done()
	close(ready)
	handle()
}

func (l *listener) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.conns.Wait()
	l.tasks.Wait()
	l.loops.Wait()
}
