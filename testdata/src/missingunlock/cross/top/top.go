// Package top takes the lock by helpers three packages away.
package top

import (
	"errors"

	"fixtures/missingunlock/cross/middle"
)

var errEmpty = errors.New("empty")

type session struct{ store *middle.Store }

func (s *session) first() (string, error) {
	s.store.Begin()
	if s.store.Count == 0 {
		return "", errEmpty // want `return leaves s.store.Table.mu locked: other paths release it`
	}
	row := s.store.Table.Row(0)
	s.store.End()
	return row, nil
}

func (s *session) second() (string, error) {
	s.store.Begin()
	defer s.store.End()
	if s.store.Count < 2 {
		return "", errEmpty
	}
	return s.store.Table.Row(1), nil
}

func (s *session) begin() { s.store.Begin() }

func (s *session) all() []string {
	s.begin()
	defer s.store.End()
	var rows []string
	for i := range s.store.Count {
		rows = append(rows, s.store.Table.Row(i))
	}
	return rows
}
