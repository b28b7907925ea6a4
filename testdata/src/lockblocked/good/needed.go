package good

import "sync"

// store's Close gives the lock back while it waits.
type store struct {
	mu       sync.Mutex
	deleted  int
	deleters sync.WaitGroup
	watchers sync.WaitGroup
	pending  chan string
}

func (s *store) drop(names []string) {
	s.deleters.Add(1)
	go func() {
		defer s.deleters.Done()
		for range names {
			s.mu.Lock()
			s.deleted++
			s.mu.Unlock()
		}
	}()
}

func (s *store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deleted = 0
	s.mu.Unlock()
	s.deleters.Wait()
	s.mu.Lock()
}

// These goroutines never need the lock.
func (s *store) watch(events <-chan int, report func(int)) {
	s.watchers.Add(1)
	go func() {
		defer s.watchers.Done()
		for event := range events {
			report(event)
		}
	}()
}

func (s *store) Halt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers.Wait()
}

// Done comes before the lock is needed.
func (s *store) start() {
	s.watchers.Add(1)
	go func() {
		s.watchers.Done()
		s.mu.Lock()
		s.deleted++
		s.mu.Unlock()
	}()
}

// A parent waits for its children, which have locks of their own.
type parent struct {
	mu       sync.Mutex
	children []*child
	wg       sync.WaitGroup
}

type child struct {
	mu sync.Mutex
	n  int
	of *parent
}

func (p *parent) each() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.children {
		p.wg.Add(1)
		go c.work()
	}
	p.wg.Wait()
}

func (c *child) work() {
	defer c.of.wg.Done()
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

// There is room in the channel for what is sent.
type roomy struct {
	mu   sync.Mutex
	out  chan int
	last int
}

func newRoomy() *roomy { return &roomy{out: make(chan int, 64)} }

func (r *roomy) run() {
	for n := range r.out {
		r.mu.Lock()
		r.last = n
		r.mu.Unlock()
	}
}

func (r *roomy) put(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.out <- n
}

// The receiver can't leave while somebody sends: who closes needs the lock.
type desk struct {
	mu   sync.Mutex
	shut bool
	hand chan int
	done chan struct{}
}

func newDesk() *desk { return &desk{hand: make(chan int), done: make(chan struct{})} }

func (d *desk) give(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.shut {
		d.hand <- n
	}
}

func (d *desk) take() int {
	select {
	case n := <-d.hand:
		return n
	case <-d.done:
		return 0
	}
}

func (d *desk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = true
	close(d.done)
}

// The send gives up when the receivers do.
type line struct {
	mu   sync.Mutex
	hand chan int
	done chan struct{}
}

func newLine() *line { return &line{hand: make(chan int), done: make(chan struct{})} }

func (l *line) give(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.hand <- n:
	case <-l.done:
	}
}

func (l *line) take() int {
	select {
	case n := <-l.hand:
		return n
	case <-l.done:
		return 0
	}
}

func (l *line) close() { close(l.done) }

// One of two wakers doesn't need the lock.
type bell struct {
	mu   sync.Mutex
	ring chan struct{}
	n    int
}

func newBell() *bell { return &bell{ring: make(chan struct{})} }

func (b *bell) hear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	<-b.ring
}

func (b *bell) pull() {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
	b.ring <- struct{}{}
}

func (b *bell) strike() { b.ring <- struct{}{} }
