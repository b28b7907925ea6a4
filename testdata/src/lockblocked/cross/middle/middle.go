// Package middle embeds what has the lock.
package middle

import "fixtures/lockblocked/cross/base"

type State struct {
	base.Guarded[int]
	Name string
}

func (s *State) Begin() { s.Enter() }
func (s *State) End()   { s.Leave() }

func (s *State) Store(n int) { s.Set(n) }

// Job has hooks, and the state that they are for.
type Job struct {
	base.Hooks
	State *State
}
