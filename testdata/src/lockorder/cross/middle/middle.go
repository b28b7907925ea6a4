// Package middle hands on what base does.
package middle

import (
	"sync"

	"fixtures/lockorder/cross/base"
)

// Log embeds what locks.
type Log struct {
	*base.Journal
	Name string
}

func (l *Log) Note(line string) { l.Journal.Add(l.Name + line) }

type Store struct{ Items base.Shelf[string] }

func (s *Store) Save(item string) { s.Items.Put(item) }

func (s *Store) Visit(do func(string)) { s.Items.Each(do) }

// Desk has hooks.
type Desk struct {
	base.Hooks
	Log *Log
}

func Guarded(l sync.Locker, do func()) { base.Under(l, do) }

// Room has a board.
type Room struct{ *base.Board }

func (r *Room) Press() { r.Board.Mark() }
