package products

import (
	"sync"
)

// Started again, it closes the channel of the first time.
type Pump struct {
	mu   sync.Mutex
	on   bool
	stop chan struct{}
	f    func()
}

func NewPump(f func()) *Pump { return &Pump{f: f, stop: make(chan struct{})} }

func (p *Pump) Start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.on {
		return
	}
	p.on = true
	go p.work(p.stop)
}

func (p *Pump) work(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			p.f()
		}
	}
}

func (p *Pump) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.on {
		p.on = false
		close(p.stop) // want "double close"
	}
}

// This one makes a new channel each time.
type Valve struct {
	mu   sync.Mutex
	on   bool
	stop chan struct{}
	f    func()
}

func NewValve(f func()) *Valve { return &Valve{f: f} }

func (v *Valve) Start() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.on {
		return
	}
	v.on, v.stop = true, make(chan struct{})
	go v.work(v.stop)
}

func (v *Valve) work(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			v.f()
		}
	}
}

func (v *Valve) Stop() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.on {
		v.on = false
		close(v.stop)
	}
}

// Once may stop it, and only a value that is made anew starts again.
type Motor struct {
	on   bool
	once sync.Once
	stop chan struct{}
}

func NewMotor() *Motor { return &Motor{stop: make(chan struct{})} }

func (m *Motor) Start() { m.on = true }

func (m *Motor) Stop() {
	m.once.Do(func() {
		m.on = false
		close(m.stop)
	})
}

// Close is for one call; Open has nothing to do with that.
type Gauge struct {
	mu    sync.Mutex
	value int
	err   error
	quit  chan struct{}
}

func NewGauge() *Gauge { return &Gauge{quit: make(chan struct{})} }

func (g *Gauge) Open(v int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.value == 0 {
		g.value = v
	}
}

func (g *Gauge) Close(err error) {
	g.value, g.err = 0, err
	close(g.quit)
}

// Shutdown is for good: Start sets nothing back, and makes no new channel.
type Agent struct {
	mu       sync.Mutex
	engine   *engine
	shutdown bool
	done     chan struct{}
	events   chan string
}

type engine struct{ stopped chan struct{} }

func (e *engine) stop() error { return nil }

func NewAgent() *Agent {
	return &Agent{done: make(chan struct{}), events: make(chan string, 64)}
}

func (a *Agent) Start() error {
	a.engine = &engine{stopped: make(chan struct{})}
	go a.loop()
	return nil
}

func (a *Agent) loop() {
	stopped := a.engine.stopped
	for {
		select {
		case <-a.events:
		case <-stopped:
			_ = a.Shutdown()
			return
		case <-a.done:
			return
		}
	}
}

func (a *Agent) Shutdown() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.shutdown {
		return nil
	}
	if a.engine != nil {
		if err := a.engine.stop(); err != nil {
			return err
		}
	}
	a.shutdown = true
	close(a.done)
	return nil
}
