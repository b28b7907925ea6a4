package good

import "sync"

// mailbox wakes whoever waits, in a helper.
type mailbox struct {
	mu     sync.Mutex
	some   sync.Cond
	queue  []string
	closed bool
	paused bool
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.some.L = &m.mu
	return m
}

func (m *mailbox) get() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.queue) == 0 || m.paused {
		if m.closed {
			return ""
		}
		m.some.Wait()
	}
	s := m.queue[0]
	m.queue = m.queue[1:]
	return s
}

func (m *mailbox) wake() { m.some.Broadcast() }

func (m *mailbox) put(s string) {
	m.mu.Lock()
	m.queue = append(m.queue, s)
	m.mu.Unlock()
	m.wake()
}

// pause makes others wait; nobody has to be told.
func (m *mailbox) pause() {
	m.mu.Lock()
	m.paused = true
	m.mu.Unlock()
}

func (m *mailbox) resume() {
	m.mu.Lock()
	m.paused = false
	m.mu.Unlock()
	m.wake()
}

func (m *mailbox) close() {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.wake()
}

// signalled elsewhere: the condition is handed on.
type shared struct {
	mu   sync.Mutex
	cond *sync.Cond
	done bool
}

func (s *shared) await() {
	s.mu.Lock()
	for !s.done {
		s.cond.Wait()
	}
	s.mu.Unlock()
}

func (s *shared) give() *sync.Cond { return s.cond }
