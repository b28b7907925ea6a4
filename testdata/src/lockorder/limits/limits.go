// Package limits holds what lockorder can't see.
package limits

import "sync"

type service struct{ a, b sync.Mutex }

// Callers may run the two at the same time; nothing here does.
func (s *service) FN_AB() {
	s.a.Lock()
	defer s.a.Unlock()
	s.b.Lock()
	defer s.b.Unlock()
}

func (s *service) FN_BA() {
	s.b.Lock()
	defer s.b.Unlock()
	s.a.Lock()
	defer s.a.Unlock()
}
