// Package starts has objects that are started in one of two ways.
package starts

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// A Provider is started as a member or as a client of its cluster.
type Provider struct {
	mu      sync.Mutex
	name    string
	peers   *Peers
	seen    int
	stopped bool
}

// Peers are told.
type Peers struct{ told atomic.Int64 }

// Tell tells them.
func (p *Peers) Tell(name string) { p.told.Add(int64(len(name))) }

// NewProvider makes a Provider that isn't started.
func NewProvider() *Provider { return &Provider{} }

var errNoName = errors.New("no name")

func (p *Provider) init(name string) error {
	if name == "" {
		return errNoName
	}
	p.peers = new(Peers)
	p.name = name
	p.mu.Lock()
	p.seen = 0
	p.mu.Unlock()
	return nil
}

// StartMember starts a member.
func (p *Provider) StartMember(name string) error {
	if err := p.init(name); err != nil {
		return err
	}
	go p.report()
	p.watch()
	return nil
}

// StartClient starts a client.
func (p *Provider) StartClient(name string) error {
	if err := p.init(name); err != nil {
		return err
	}
	p.watch()
	return nil
}

func (p *Provider) watch() {
	go func() {
		for !p.isStopped() {
			p.look(p.name)
		}
	}()
}

// Beat tells others once that the provider is there.
func (p *Provider) Beat() {
	go func() { p.peers.Tell("here") }()
}

func (p *Provider) report() {
	for !p.isStopped() {
		p.look("member " + p.name)
	}
}

func (p *Provider) look(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen += len(name)
}

func (p *Provider) isStopped() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stopped
}

// Stop ends the goroutines.
func (p *Provider) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
}

// A Syncer starts at once, or when it is told that a snapshot is there.
type Syncer struct {
	ready    bool
	height   int
	interval time.Duration
	done     chan struct{}
}

// NewSyncer makes a Syncer.
func NewSyncer(ready bool) *Syncer { return &Syncer{ready: ready, done: make(chan struct{})} }

// Start starts it, if it is ready.
func (s *Syncer) Start() {
	if s.ready {
		go func() { s.run(false) }()
	}
}

// Switch starts it behind the snapshot.
func (s *Syncer) Switch(height int) {
	s.ready = true
	s.height = height + 1
	go func() { s.run(true) }()
}

func (s *Syncer) run(snapshot bool) {
	if s.interval == 0 {
		s.interval = time.Second
	}
	for range s.height {
		select {
		case <-time.After(s.interval):
		case <-s.done:
			return
		}
	}
}

// A Switch accepts connections for what was added to it.
type Switch struct {
	channels []int
	quit     chan struct{}
}

// NewSwitch makes one.
func NewSwitch() *Switch { return &Switch{quit: make(chan struct{})} }

// Add adds a channel.
// NOTE: Not goroutine safe.
func (s *Switch) Add(channel int) { s.channels = append(s.channels, channel) }

// Start accepts.
func (s *Switch) Start() {
	go func() {
		for _, c := range s.channels {
			select {
			case <-s.quit:
				return
			case <-time.After(time.Duration(c)):
			}
		}
	}()
}
