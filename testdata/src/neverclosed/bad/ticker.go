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

// meter hands its ticker to the goroutine that it starts.
type meter struct {
	mu      sync.Mutex
	running bool
	every   *time.Ticker
	read    func(time.Time) error
	log     func(error)
}

func (m *meter) start(interval time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.running {
		return
	}
	m.running = true
	t := time.NewTicker(interval)
	m.every = t
	go m.loop(t)
}

func (m *meter) loop(t *time.Ticker) {
	for now := range t.C { // want `the loop over t.C never ends: Stop at ticker.go:\d+ doesn't close it`
		if err := m.read(now); err != nil {
			m.log(err)
		}
	}
}

func (m *meter) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.running {
		m.running = false
		m.every.Stop()
	}
}

// flusher hands only the channel on.
type flusher struct{ tick *time.Ticker }

func newFlusher(flush func()) *flusher {
	f := &flusher{tick: time.NewTicker(time.Second)}
	go func(ticks <-chan time.Time) {
		for range ticks { // want `the loop over ticks never ends: Stop at ticker.go:\d+ doesn't close it`
			flush()
		}
	}(f.tick.C)
	return f
}

func (f *flusher) Close() { f.tick.Stop() }

// poller leaves its ticker's Stop to a Once.
type poller struct {
	ticks *time.Ticker
	once  sync.Once
}

func newPoller(poll func()) *poller {
	p := &poller{ticks: time.NewTicker(time.Minute)}
	go func() {
		for range p.ticks.C { // want `the loop over p.ticks.C never ends: Stop at ticker.go:\d+ doesn't close it`
			poll()
		}
	}()
	return p
}

func (p *poller) stop() { p.once.Do(p.ticks.Stop) }
