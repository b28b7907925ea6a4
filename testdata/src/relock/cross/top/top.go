// Package top is three packages away from the lock.
package top

import "fixtures/relock/cross/middle"

type service struct{ store *middle.Store }

func (s *service) report() int {
	s.store.List.Mu.Lock()
	defer s.store.List.Mu.Unlock()
	return s.store.Size() // want `s.store.Size ends up locking s.store.List.Mu for reading, which is held since line 9: it waits for itself`
}

func (s *service) read() int {
	s.store.List.Mu.RLock()
	n := s.store.Size() // want `s.store.Size ends up locking s.store.List.Mu for reading again, as since line 15: deadlocks once a writer waits in between`
	s.store.List.Mu.RUnlock()
	return n
}

func (s *service) wrapped() int {
	s.store.List.Lock()
	defer s.store.List.Unlock()
	return s.store.List.Len() // want `s.store.List.Len locks s.store.List.Mu for reading, which is held since line 22: it waits for itself|ends up locking`
}

func (s *service) callback() {
	s.store.Update(func() {
		_ = s.store.Size() // want `s.store.Size ends up locking s.store.List.Mu for reading`
	})
}

func embedded(n *middle.Named) int {
	n.List.Mu.Lock()
	defer n.List.Mu.Unlock()
	return n.Size() // want `n.Size ends up locking n.Store.List.Mu for reading, which is held since line 34`
}

func generic(n *middle.Named) int {
	sum := 0
	n.Keys.Each(func(key string) {
		sum += n.Keys.Get(key) // want `n.Keys.Get ends up locking n.Keys.mu again`
	})
	return sum
}

// Released in between, on another goroutine, in the mode that doesn't lock,
// or of another object.
func (s *service) fine(other *middle.Store) int {
	s.store.List.Lock()
	n := s.store.List.LenLocked()
	s.store.List.Set(nil, true)
	s.store.Later(func() { _ = s.store.Size() })
	n += other.Size()
	s.store.List.Unlock()
	return n + s.store.Size()
}
