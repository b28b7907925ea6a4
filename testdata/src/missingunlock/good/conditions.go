package good

import (
	"sync"
	"time"
)

type shared struct {
	mu      sync.Mutex
	threads bool
	n       int
	next    *shared
	until   time.Time
}

// One condition locks and unlocks.
func (s *shared) add(lock bool, n int) int {
	if lock {
		s.mu.Lock()
	}
	s.n += n
	if s.n < 0 {
		if lock {
			s.mu.Unlock()
		}
		return 0
	}
	if lock {
		s.mu.Unlock()
	}
	return s.n
}

func (s *shared) bump() int {
	if s.threads {
		s.mu.Lock()
	}
	s.n++
	n := s.n
	if !s.threads {
		return n
	}
	s.mu.Unlock()
	return n
}

// A variable remembers.
func (s *shared) swap(other *shared) {
	locked := false
	if other != nil {
		other.mu.Lock()
		locked = true
		s.n, other.n = other.n, s.n
	}
	s.next = other
	if locked {
		other.mu.Unlock()
	}
}

func (s *shared) drop() {
	s.mu.Lock()
	held := true
	defer func() {
		if held {
			s.mu.Unlock()
		}
	}()
	if s.n == 0 {
		s.mu.Unlock()
		held = false
		time.Sleep(time.Millisecond)
		return
	}
	s.n--
}

// An error tells whether the lock is held.
func (s *shared) with(acquire func() error) error {
	err := acquire()
	if err == nil {
		s.mu.Lock()
	}
	s.note()
	if err != nil {
		return err
	}
	s.mu.Unlock()
	return nil
}

func (s *shared) note() {}

// Released around a wait and taken again.
func (s *shared) wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.n > 0 {
		s.mu.Unlock()
		time.Sleep(time.Millisecond)
		s.mu.Lock()
	}
}

// The caller holds the lock.
func (s *shared) yield() {
	s.mu.Unlock()
	defer s.mu.Lock()
	time.Sleep(time.Millisecond)
}

// Hand over hand.
func (s *shared) last() *shared {
	at := s
	at.mu.Lock()
	for at.next != nil {
		next := at.next
		next.mu.Lock()
		at.mu.Unlock()
		at = next
	}
	at.mu.Unlock()
	return at
}

// Leaves the loop with the lock and releases it behind.
func (s *shared) poll() int {
	for {
		s.mu.Lock()
		if s.n > 0 {
			break
		}
		s.mu.Unlock()
		time.Sleep(time.Millisecond)
	}
	n := s.n
	s.mu.Unlock()
	return n
}

// Another lock from the assignment on.
func (s *shared) replace() {
	s.next.mu.Lock()
	old := s.next
	s.next = &shared{}
	old.mu.Unlock()
	s.next.mu.Lock()
	s.next.n = 1
	s.next.mu.Unlock()
}

type fileLock interface {
	Lock() error
	Unlock() error
}

// A lock that can fail.
func write(l fileLock, do func() error) error {
	if err := l.Lock(); err != nil {
		return err
	}
	err := do()
	if unlockErr := l.Unlock(); err == nil {
		err = unlockErr
	}
	return err
}

func (s *shared) tryBoth(other *shared) bool {
	if !s.mu.TryLock() {
		return false
	}
	defer s.mu.Unlock()
	if ok := other.mu.TryLock(); !ok {
		return false
	}
	other.n++
	other.mu.Unlock()
	return true
}
