package bad

import (
	"context"
	"sync"
	"time"
)

// probe asks a device for what it knows.
type probe func(ctx context.Context) (string, error)

// A router keeps the outer address of a host and its ports. Since the
// goroutine that keeps the address up to date calls devices, and the
// constructor does, exploration alone has to guess a lot.
type router struct {
	ask   probe
	outer string

	ctx    context.Context
	cancel context.CancelFunc
	ended  sync.WaitGroup

	mu    sync.RWMutex
	ports map[string]int
}

// Discover finds one.
func Discover(ask probe) (*router, error) {
	outer, err := ask(context.Background())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	g := &router{ask: ask, outer: outer, ctx: ctx, cancel: cancel, ports: make(map[string]int)}
	g.ended.Add(1)
	go func() {
		defer g.ended.Done()
		g.watch()
	}()
	return g, nil
}

// Close ends the goroutine.
func (g *router) Close() {
	g.cancel()
	g.ended.Wait()
}

// Port returns where a service is found from outside.
func (g *router) Port(service string) (string, int) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.outer == "" {
		return "", 0
	}
	return g.outer, g.ports[service]
}

func (g *router) watch() {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			outer, err := g.ask(g.ctx)
			if err != nil {
				outer = ""
			}
			g.outer = outer // want `g.outer is written here while .* reads it at object.go:\d+ \(other side holds g.mu\)`
		case <-g.ctx.Done():
			return
		}
	}
}

// line is what a feed sends.
type line interface {
	Read() (string, error)
	Hangup()
}

// A follower reads lines until it is told to stop.
type follower struct {
	mu      sync.Mutex
	seen    []string
	stopped bool
}

// Follow starts one for each line.
func Follow(lines []line) *follower {
	f := &follower{}
	for _, l := range lines {
		go f.read(l)
	}
	return f
}

func (f *follower) read(l line) {
	for {
		if f.stopped { // want `f.stopped is read here while .* writes it at object.go:\d+ \(other side holds f.mu\)`
			l.Hangup()
			return
		}
		text, err := l.Read()
		if err != nil {
			return
		}
		f.mu.Lock()
		f.seen = append(f.seen, text)
		f.mu.Unlock()
	}
}

// Stop tells all to stop.
func (f *follower) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopped = true
	f.seen = nil
}

// A panel is drawn by a goroutine of its own under the lock. Whoever forgets
// the lock in Stretch is told once, whatever is changed there.
type panel struct {
	mu     sync.Mutex
	wide   int
	high   int
	dirty  bool
	resize chan [2]int
}

// NewPanel starts to draw.
func NewPanel(show func(wide, high int)) *panel {
	p := &panel{resize: make(chan [2]int)}
	go p.draw(show)
	return p
}

func (p *panel) draw(show func(wide, high int)) {
	for size := range p.resize {
		p.mu.Lock()
		p.fit(size[0], size[1])
		show(p.wide, p.high)
		p.dirty = false
		p.mu.Unlock()
	}
}

// Stretch is called by anybody.
func (p *panel) Stretch(by int) {
	p.fit(p.wide+by, p.high+by) // want `p.wide is read here while the goroutine started at object.go:\d+ writes it at object.go:\d+ \(other side holds panel.mu\)`
}

func (p *panel) fit(wide, high int) {
	if wide == p.wide && high == p.high {
		return
	}
	p.wide = wide
	p.high = high
	p.dirty = true
}
