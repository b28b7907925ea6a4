// Package callback has a stream whose parts call it back, under the lock with
// which it calls them.
package callback

import (
	"encoding/binary"
	"sync"
)

// An Observer is told what a remuxer makes of frames.
type Observer interface {
	OnTable(b []byte)
	OnPackets(b []byte)
}

type remuxer struct {
	observer Observer
	last     []byte
}

func newRemuxer(o Observer) *remuxer { return &remuxer{observer: o} }

func (r *remuxer) feed(frame []byte) {
	if binary.BigEndian.Uint16(frame) == 0 {
		r.observer.OnTable(frame)
		return
	}
	r.last = frame
	r.observer.OnPackets(frame)
}

type recorder interface {
	Write(b []byte) (int, error)
	Close() error
}

// A Group is a stream with those who follow it.
type Group struct {
	mu       sync.Mutex
	remuxer  *remuxer
	recorder recorder
	subs     map[string][]byte
}

// Publish begins a stream.
func (g *Group) Publish(to recorder) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.remuxer = newRemuxer(g)
	g.recorder = to
	g.subs = make(map[string][]byte)
}

// Frame is called for each frame that comes in.
func (g *Group) Frame(frame []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.remuxer != nil {
		g.remuxer.feed(frame)
	}
}

// Subscribe adds somebody.
func (g *Group) Subscribe(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.subs[name] = nil
	if g.recorder != nil {
		_, _ = g.recorder.Write([]byte(name))
	}
}

// Unsubscribe takes one out.
func (g *Group) Unsubscribe(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.subs, name)
}

// Stop ends the stream.
func (g *Group) Stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.remuxer = nil
	if g.recorder != nil {
		_ = g.recorder.Close()
		g.recorder = nil
	}
}

// OnTable is called by the remuxer.
func (g *Group) OnTable(b []byte) {
	if g.recorder != nil {
		_, _ = g.recorder.Write(b)
	}
}

// OnPackets is called by the remuxer.
func (g *Group) OnPackets(b []byte) {
	for name := range g.subs {
		g.subs[name] = append(g.subs[name], b...)
	}
}
