// Package middle hands on what base does.
package middle

import "fixtures/relock/cross/base"

type Store struct {
	List base.List
	name string
}

func (s *Store) Size() int { return s.List.Len() }

func (s *Store) Update(do func()) { s.List.With(do) }

func (s *Store) Later(do func()) { base.Go(do) }

// Named embeds what has the lock.
type Named struct {
	*Store
	Keys base.Keyed[string]
}

// Index is generic over its keys, as its base is.
type Index[K comparable] struct{ Keys base.Keyed[K] }

func (x *Index[K]) Lookup(key K) int { return x.Keys.Get(key) }
