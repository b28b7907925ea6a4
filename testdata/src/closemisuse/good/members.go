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
