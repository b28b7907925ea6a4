// Package base has a lock that others take by its helpers.
package base

import "sync"

type Table struct {
	mu   sync.Mutex
	rows []string
}

func (t *Table) Enter() { t.mu.Lock() }

func (t *Table) Leave() { t.mu.Unlock() }

func (t *Table) Row(i int) string { return t.rows[i] }

// Guard is a lock that others embed.
type Guard struct{ mu sync.Mutex }

func (g *Guard) Take() { g.mu.Lock() }
func (g *Guard) Give() { g.mu.Unlock() }

// Hold takes the lock and returns what gives it back.
func (t *Table) Hold() (release func()) {
	t.mu.Lock()
	return t.mu.Unlock
}

// Ticket keeps what gives a lock back.
type Ticket struct{ Release func() }
