package bad

import (
	"fmt"
	"sync"
)

// Mailbox counts what it couldn't deliver.
type Mailbox struct {
	owner string

	mu      sync.Mutex
	letters []string
	lost    int
}

func (m *Mailbox) Put(letter string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.letters) == 10 {
		m.lost++
		return false
	}
	m.letters = append(m.letters, letter)
	return true
}

func (m *Mailbox) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.letters)
}

func (m *Mailbox) String() string {
	return fmt.Sprintf("%s: %d letters, %d lost", m.owner, m.Len(), m.lost) // want `m.lost is read without m.mu: 1 of 2 uses hold it`
}
