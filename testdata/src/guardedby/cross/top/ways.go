package top

import "fixtures/guardedby/cross/middle"

// Cell embeds the lock, which base declares and middle embeds.
type Cell struct {
	middle.Monitor
	name  string
	value int
}

func (c *Cell) Set(n int) {
	c.Enter()
	c.value = n
	c.Leave()
}

func (c *Cell) Add(n int) {
	c.Enter()
	defer c.Leave()
	c.value += n
}

func (c *Cell) Swap(n int) (old int) {
	c.Do(func() { old, c.value = c.value, n })
	return old
}

func (c *Cell) Get() int {
	return c.value // want `c.value is read without c.Monitor.Lockable.Mu|c.value is read without`
}

// Pool is generic; who visits it does so by an interface and a function field.
type Pool[T any] struct {
	middle.Monitor
	items []T
	visit func(T)
}

type adder[T any] interface{ add(item T) }

func (p *Pool[T]) add(item T) {
	p.Enter()
	defer p.Leave()
	p.items = append(p.items, item)
}

func (p *Pool[T]) drop() {
	p.Enter()
	p.items = p.items[:len(p.items)-1]
	p.Leave()
}

func (p *Pool[T]) Each() {
	p.Do(func() {
		for _, item := range p.items {
			p.visit(item)
		}
	})
}

func (p *Pool[T]) Len() int {
	return len(p.items) // want `p.items is read without`
}

func Fill[T any](to adder[T], items []T) {
	for _, item := range items {
		to.add(item)
	}
}

func NewPool[T any](visit func(T)) *Pool[T] {
	p := &Pool[T]{visit: visit}
	Fill[T](p, nil)
	return p
}

func (p *Pool[T]) Trim() { p.drop() }
