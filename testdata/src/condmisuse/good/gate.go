package good

import "sync"

// A slots gives each of those who wait one slot: to wake one is enough.
type slots struct {
	mu   sync.Mutex
	cond *sync.Cond
	free int
	shut bool
}

func (s *slots) Acquire() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.free == 0 && !s.shut {
		s.cond.Wait()
	}
	if s.shut {
		return false
	}
	s.free--
	return true
}

func (s *slots) Release() {
	s.mu.Lock()
	s.free++
	s.mu.Unlock()
	s.cond.Signal()
}

func (s *slots) Shut() {
	s.mu.Lock()
	s.shut = true
	s.mu.Unlock()
	s.cond.Broadcast()
}

// A relay's waiters hand the signal on, one after the other.
type relay struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func (r *relay) Pass() {
	r.mu.Lock()
	for !r.open {
		r.cond.Wait()
	}
	r.cond.Signal()
	r.mu.Unlock()
}

func (r *relay) Open() {
	r.mu.Lock()
	r.open = true
	r.mu.Unlock()
	r.cond.Signal()
}

func (r *relay) OpenAll() {
	r.mu.Lock()
	r.open = true
	r.mu.Unlock()
	r.cond.Broadcast()
}

// Only the ticket's own loop waits.
type ticket struct {
	mu   sync.Mutex
	cond *sync.Cond
	done bool
}

func (t *ticket) loop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for !t.done {
		t.cond.Wait()
	}
}

func (t *ticket) Finish() {
	t.mu.Lock()
	t.done = true
	t.cond.Signal()
	t.mu.Unlock()
}

func (t *ticket) Abort() {
	t.mu.Lock()
	t.done = true
	t.cond.Broadcast()
	t.mu.Unlock()
}

func runTicket(t *ticket) { go t.loop() }
