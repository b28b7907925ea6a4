package top

import "fixtures/missingunlock/cross/middle"

// visit keeps the function that gives the lock back, which base returns, in a
// field that base declares.
type visit struct {
	middle.Pass
	rows []string
}

func (v *visit) read(n int) error {
	v.Release = v.Store.Hold()
	if n >= v.Store.Count {
		return errEmpty // want `return leaves v.Pass.Store.Table.mu locked: other paths release it`
	}
	v.rows = append(v.rows, v.Store.Table.Row(n))
	v.Release()
	return nil
}

func (v *visit) readLast() error {
	release := v.Store.Hold()
	if v.Store.Count == 0 {
		return errEmpty // want `return leaves v.Pass.Store.Table.mu locked: other paths release it`
	}
	v.rows = append(v.rows, v.Store.Table.Row(v.Store.Count-1))
	release()
	return nil
}

func (v *visit) readAll() error {
	release := v.Store.Hold()
	defer release()
	if v.Store.Count == 0 {
		return errEmpty
	}
	for i := range v.Store.Count {
		v.rows = append(v.rows, v.Store.Table.Row(i))
	}
	return nil
}

// stay keeps it for end, which another function calls when all is done.
type stay struct {
	store *middle.Store
	end   func()
}

func (s *stay) begin() error {
	s.end = s.store.Hold()
	if s.store.Count == 0 {
		s.end()
		return errEmpty
	}
	return nil
}

func (s *stay) Finish() { s.end() }
