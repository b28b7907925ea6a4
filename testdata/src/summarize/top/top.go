// Package top hands on what base does; it names no lock itself.
package top

import "fixtures/summarize/base"

type Store struct{ list base.List }

func (s *Store) Size() int { return s.list.Sum() } // want Size:"^ar0.list.mu=.\\*List..Sum,.\\*List..Len$"

func (s *Store) Begin() { s.list.Enter() } // want Begin:"^t0.list.mu m0.list.mu a0.list.mu=.\\*List..Enter$"

func (s *Store) End() { s.list.Leave() } // want End:"^u0.list.mu$"

func (s *Store) Do(do func()) { base.With(&s.list, do) } // want Do:"^a0.list.mu=With c1.0.list.mu$"

func Background(do func()) { base.Go(do) } // want Background:"^cg0$"
