// Package middle wraps the helpers of base.
package middle

import "fixtures/missingunlock/cross/base"

type Store struct {
	Table base.Table
	Count int
}

func (s *Store) Begin() { s.Table.Enter() }

func (s *Store) End() { s.Table.Leave() }
