// Package top guards its fields by helpers three packages away.
package top

import (
	"sync"

	"fixtures/guardedby/cross/base"
	"fixtures/guardedby/cross/middle"
)

type Meter struct {
	mu    sync.Mutex
	value int
}

func (m *Meter) Add(n int) {
	base.Enter(&m.mu)
	defer base.Leave(&m.mu)
	m.value += n
}

func (m *Meter) Reset() {
	middle.With(&m.mu, func() { m.value = 0 })
}

func (m *Meter) Value() int {
	base.Enter(&m.mu)
	defer base.Leave(&m.mu)
	return m.value
}

func (m *Meter) Peek() int { return m.value } // want `m.value is read without m.mu: 3 of 4 uses hold it`

// Gauge's goroutine is started by a helper.
type Gauge struct {
	mu   sync.Mutex
	last int
}

func (g *Gauge) Set(n int) {
	g.mu.Lock()
	g.last = n
	g.mu.Unlock()
}

func (g *Gauge) Last() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.last
}

func (g *Gauge) Raise() {
	g.mu.Lock()
	g.last++
	g.mu.Unlock()
}

func (g *Gauge) watch() {
	middle.Start(func() {
		g.last = 0 // want `g.last is written without g.mu: 3 of 4 uses hold it`
	})
}

func NewGauge() *Gauge {
	g := &Gauge{}
	g.last = 1
	g.watch()
	return g
}
