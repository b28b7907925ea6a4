package good

import "sync"

// Hall doesn't wait for anybody who is slow.
type Hall struct {
	mu      sync.Mutex
	members map[chan string]struct{}
	missed  int
}

func (h *Hall) Join() chan string {
	ch := make(chan string, 8)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members[ch] = struct{}{}
	return ch
}

func (h *Hall) Leave(ch chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.members, ch)
}

func (h *Hall) Say(line string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.members {
		select {
		case ch <- line:
		default:
			h.missed++
		}
	}
}

// Gate sends each waiter one value, for which there is room, and forgets it.
type Gate struct {
	mu      sync.Mutex
	waiters map[int]chan bool
}

func (g *Gate) Wait(id int) <-chan bool {
	ch := make(chan bool, 1)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiters[id] = ch
	return ch
}

func (g *Gate) Forget(id int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.waiters, id)
}

func (g *Gate) Open(id int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if ch, ok := g.waiters[id]; ok {
		ch <- true
		delete(g.waiters, id)
	}
}

// Drained goes on receiving until it has left.
type Drained struct {
	mu   sync.Mutex
	subs map[chan int]struct{}
}

func (d *Drained) Subscribe() chan int {
	ch := make(chan int)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.subs[ch] = struct{}{}
	return ch
}

func (d *Drained) Unsubscribe(ch chan int) {
	go func() {
		for range ch {
		}
	}()
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.subs, ch)
	close(ch)
}

func (d *Drained) Publish(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for ch := range d.subs {
		ch <- n
	}
}

// crew's workers receive until their channel is closed; others dismiss them.
type crew struct {
	mu      sync.Mutex
	workers map[string]*worker
}

type worker struct {
	tasks chan func()
	done  chan struct{}
}

func (c *crew) hire(name string) {
	w := &worker{tasks: make(chan func()), done: make(chan struct{})}
	c.mu.Lock()
	c.workers[name] = w
	c.mu.Unlock()
	go func() {
		defer close(w.done)
		for task := range w.tasks {
			task()
		}
	}()
}

func (c *crew) dismiss(name string) {
	c.mu.Lock()
	w := c.workers[name]
	delete(c.workers, name)
	c.mu.Unlock()
	if w != nil {
		close(w.tasks)
	}
}

func (c *crew) all(task func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range c.workers {
		w.tasks <- task
	}
}

// Snapshot sends when it has given the lock back.
type Snapshot struct {
	mu   sync.Mutex
	subs map[int]chan int
}

func (s *Snapshot) Get(id int) <-chan int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.subs[id] = make(chan int)
	return s.subs[id]
}

func (s *Snapshot) Drop(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.subs, id)
}

func (s *Snapshot) Send(n int) {
	s.mu.Lock()
	var list []chan int
	for _, ch := range s.subs {
		list = append(list, ch)
	}
	s.mu.Unlock()
	for _, ch := range list {
		ch <- n
	}
}

// Denied members are told once, and have room for it.
type register struct {
	mu      sync.Mutex
	holders map[string]*holder
}

type holder struct {
	failed chan error
	err    error
}

func (r *register) Add(name string) <-chan error {
	h := &holder{failed: make(chan error, 1)}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.holders[name] = h
	return h.failed
}

func (r *register) Remove(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.holders, name)
}

func (r *register) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range r.holders {
		if h.err == nil {
			h.failed <- err
			h.err = err
		}
	}
}
