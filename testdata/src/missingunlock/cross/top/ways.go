package top

import "fixtures/missingunlock/cross/middle"

// journal embeds what embeds the lock.
type journal struct {
	middle.Log
	closed bool
}

func (j *journal) write(line string) error {
	j.Open()
	if j.closed {
		return errEmpty // want `return leaves j.Log.Table.mu locked: other paths release it|return leaves`
	}
	j.Add(line)
	j.Close()
	return nil
}

// bucket is generic over what lies behind it.
type bucket[T any] struct {
	cell *middle.Cell[T]
	full bool
}

func (b *bucket[T]) put(v T) bool {
	b.cell.Take()
	if b.full {
		return false // want `return leaves b.cell.Guard.mu locked: other paths release it|return leaves`
	}
	b.cell.Value = v
	b.cell.Give()
	return true
}

// locker is answered by one type of the package.
type locker interface {
	open()
	done()
}

type storeLocker struct{ store *middle.Store }

func (s *storeLocker) open() { s.store.Begin() }
func (s *storeLocker) done() { s.store.End() }

type editor struct {
	lock locker
	undo func()
	size int
}

func newEditor(store *middle.Store) *editor { return &editor{lock: &storeLocker{store}} }

func (e *editor) grow(n int) error {
	e.lock.open()
	if n < 0 {
		return errEmpty // want `return leaves|return keeps what e.lock.open took`
	}
	e.size += n
	e.lock.done()
	return nil
}

// fine gives back on every path, or hands on who does.
func (e *editor) fine(n int) error {
	e.lock.open()
	defer e.lock.done()
	if n < 0 {
		return errEmpty
	}
	e.size = n
	return nil
}

func (b *bucket[T]) open() (give func()) {
	b.cell.Take()
	return b.cell.Give
}

func (b *bucket[T]) fill(v T) bool {
	defer b.open()()
	if b.full {
		return false
	}
	b.cell.Value = v
	return true
}
