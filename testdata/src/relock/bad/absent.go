package bad

import "sync"

// A sender asks for its account under the lock if it is given no key.
type sender struct {
	mu      sync.Mutex
	account string
}

type key struct{ secret string }

func (s *sender) accountOf() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account
}

func (s *sender) post(with *key, body string) string {
	if with == nil {
		return s.accountOf() + body
	}
	return with.secret + body
}

func (s *sender) log(with *key, body string) {
	if with != nil {
		s.accountOf()
	}
}

func (s *sender) Update(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account = s.post(nil, name) // want `s.post ends up locking s.mu again`
	s.log(&key{name}, name)       // want `s.log ends up locking s.mu again`
}
