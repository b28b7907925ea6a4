package good

import (
	"context"
	"sync"
)

// A room has members, who leave when they like and when their context ends.
type room struct {
	mu      sync.Mutex
	members map[*member]bool
}

type member struct {
	room  *room
	lines chan string
}

func (r *room) enter() *member {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := &member{room: r, lines: make(chan string, 8)}
	r.members[m] = true
	return m
}

// leave closes the channel of a member that is still there.
func (m *member) leave() {
	m.room.mu.Lock()
	defer m.room.mu.Unlock()
	if _, in := m.room.members[m]; !in {
		return
	}
	delete(m.room.members, m)
	close(m.lines)
}

// Listen hands lines on until the context ends.
func Listen(ctx context.Context, r *room, hear func(string)) {
	m := r.enter()
	stop := context.AfterFunc(ctx, m.leave)
	defer stop()
	defer m.leave()
	for line := range m.lines {
		hear(line)
	}
}

// Expel makes a member of any room leave; its goroutine does the same in the
// end.
func Expel(m *member) {
	m.leave()
	m.leave()
}

// A relay closes the channels of those that come too late at once; they leave
// like all others, and weren't in the map.
type relay struct {
	mu      sync.Mutex
	clients map[*listener]struct{}
	closed  bool
}

type listener struct{ lines chan string }

func (r *relay) join() *listener {
	l := &listener{lines: make(chan string, 8)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		close(l.lines)
		return l
	}
	r.clients[l] = struct{}{}
	return l
}

func (r *relay) leave(l *listener) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.clients[l]; ok {
		delete(r.clients, l)
		close(l.lines)
	}
}

// Follow hands lines on until the relay closes.
func (r *relay) Follow(ctx context.Context, hear func(string)) {
	l := r.join()
	defer r.leave(l)
	go func() {
		<-ctx.Done()
		hear("")
	}()
	for line := range l.lines {
		hear(line)
	}
}
