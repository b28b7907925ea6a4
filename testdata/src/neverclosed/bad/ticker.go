package bad

import (
	"sync"
	"time"
)

// gauge reads a sensor until shutdown, it believes.
type gauge struct {
	mu     sync.Mutex
	ticker *time.Ticker
	value  float64
	read   func() float64
}

func newGauge(every time.Duration, read func() float64) *gauge {
	return &gauge{ticker: time.NewTicker(every), read: read}
}

func (g *gauge) start() {
	go func() {
		for range g.ticker.C { // want `the loop over g.ticker.C never ends: Stop at ticker.go:\d+ doesn't close it, and the goroutine waits for ever`
			g.update()
		}
	}()
}

func (g *gauge) update() {
	value := g.read()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = value
}

func (g *gauge) shutdown() { g.ticker.Stop() }

// progress prints dots while the work is done.
func progress(work func() error, dot func()) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	go func() {
		for {
			<-ticker.C // want `the loop over ticker.C never ends: Stop at ticker.go:\d+ doesn't close it`
			switch {
			default:
				dot()
				break
			}
		}
	}()
	return work()
}
