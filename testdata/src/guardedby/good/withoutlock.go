package good

import "sync"

// A Sender counts what was sent and what has come back.
type Sender struct {
	sync.RWMutex
	first   uint32
	next    uint32
	pending []uint32
}

// Push sends another one.
func (s *Sender) Push() {
	s.Lock()
	defer s.Unlock()
	s.pending = append(s.pending, s.next)
	s.next++
	s.FindFirst()
}

// Acknowledge is told what has come back.
func (s *Sender) Acknowledge(until uint32) {
	s.Lock()
	defer s.Unlock()
	s.AcknowledgeWithoutLock(until)
}

// AcknowledgeAll is told of several.
func (s *Sender) AcknowledgeAll(numbers []uint32) {
	s.Lock()
	defer s.Unlock()
	for _, n := range numbers {
		s.AcknowledgeWithoutLock(n)
	}
}

// AcknowledgeWithoutLock does it.
func (s *Sender) AcknowledgeWithoutLock(until uint32) {
	for len(s.pending) > 0 && s.pending[0] < until {
		s.pending = s.pending[1:]
	}
	s.FindFirst()
}

// FindFirst looks for the first that hasn't.
func (s *Sender) FindFirst() {
	if len(s.pending) > 0 {
		s.first = s.pending[0]
	} else {
		s.first = s.next
	}
}

// First returns it.
func (s *Sender) First() uint32 {
	s.RLock()
	defer s.RUnlock()
	return s.first
}

// Window returns how many there are.
func (s *Sender) Window() uint32 {
	s.RLock()
	defer s.RUnlock()
	return s.next - s.first
}
