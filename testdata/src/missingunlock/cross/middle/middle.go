// Package middle wraps the helpers of base.
package middle

import "fixtures/missingunlock/cross/base"

type Store struct {
	Table base.Table
	Count int
}

func (s *Store) Begin() { s.Table.Enter() }

func (s *Store) End() { s.Table.Leave() }

// Log embeds the table.
type Log struct{ base.Table }

func (l *Log) Open()  { l.Enter() }
func (l *Log) Close() { l.Leave() }

func (l *Log) Add(string) {}

// Cell is generic, and embeds its lock.
type Cell[T any] struct {
	base.Guard
	Value T
}

func (s *Store) Hold() func() { return s.Table.Hold() }

// Pass holds a ticket.
type Pass struct {
	base.Ticket
	Store *Store
}
