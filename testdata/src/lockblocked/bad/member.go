package bad

import (
	"context"
	"sync"
	"time"
)

// room sends to each guest under its lock, which a guest needs to leave.
type room struct {
	mu     sync.RWMutex
	guests map[string]*guest
}

type guest struct {
	name  string
	lines chan string
	write func(string) error
	gone  chan struct{}
}

func (r *room) enter(ctx context.Context, name string, write func(string) error) error {
	g := &guest{name: name, lines: make(chan string, 32), write: write, gone: make(chan struct{})}
	r.mu.Lock()
	r.guests[name] = g
	r.mu.Unlock()
	go r.pump(g)
	<-ctx.Done()
	close(g.gone)
	return ctx.Err()
}

func (r *room) pump(g *guest) {
	defer r.leave(g)
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	for {
		line := ""
		select {
		case line = <-g.lines:
		case <-beat.C:
		case <-g.gone:
			return
		}
		if err := g.write(line); err != nil {
			return
		}
	}
}

func (r *room) leave(g *guest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.guests, g.name)
}

func (r *room) Say(line string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, g := range r.guests {
		g.lines <- line // want `send on g.lines holds r.mu, and whoever could end that waits for the lock at member.go:52: a deadlock`
	}
}

// Topic hands channels out, and takes them back.
type Topic[T any] struct {
	mu   sync.Mutex
	subs map[chan T]struct{}
}

func (t *Topic[T]) Subscribe() chan T {
	ch := make(chan T, 8)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.subs == nil {
		t.subs = make(map[chan T]struct{})
	}
	t.subs[ch] = struct{}{}
	return ch
}

func (t *Topic[T]) Unsubscribe(ch chan T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.subs[ch]; ok {
		delete(t.subs, ch)
		close(ch)
	}
}

func (t *Topic[T]) Publish(v T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for ch := range t.subs {
		ch <- v // want `send on ch holds t.mu, and whoever could end that waits for the lock at member.go:\d+`
	}
}

// Camera's views are kept in a list, and ask for one frame at a time.
type Camera struct {
	mu    sync.Mutex
	views []*View
}

type View struct {
	of     *Camera
	frames chan []byte
}

func (c *Camera) Open() *View {
	v := &View{of: c, frames: make(chan []byte)}
	c.mu.Lock()
	c.views = append(c.views, v)
	c.mu.Unlock()
	return v
}

func (v *View) Next(ctx context.Context) ([]byte, error) {
	select {
	case frame := <-v.frames:
		return frame, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (v *View) Close() { v.of.drop(v) }

func (c *Camera) drop(v *View) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, other := range c.views {
		if other == v {
			c.views = append(c.views[:i], c.views[i+1:]...)
			return
		}
	}
}

func (c *Camera) Push(frame []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range c.views {
		v.frames <- frame // want `send on v.frames holds c.mu, and whoever could end that waits for the lock at member.go:\d+`
	}
}

// Board keeps lists by topic, and its readers send for it.
type Board struct {
	mu     sync.Mutex
	topics map[string][]*Reader
}

type Reader struct {
	board *Board
	topic string
	posts chan string
}

func (b *Board) Read(topic string) *Reader {
	r := &Reader{board: b, topic: topic, posts: make(chan string, 4)}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.topics[topic] = append(b.topics[topic], r)
	return r
}

func (r *Reader) Posts() <-chan string { return r.posts }

func (r *Reader) push(post string) {
	r.posts <- post // want `send on r.posts holds b.mu, and whoever could end that waits for the lock at member.go:\d+`
}

func (r *Reader) Close() {
	b := r.board
	b.mu.Lock()
	defer b.mu.Unlock()
	list := b.topics[r.topic]
	for i, other := range list {
		if other == r {
			b.topics[r.topic] = append(list[:i], list[i+1:]...)
			return
		}
	}
}

func (b *Board) Post(topic, post string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.topics[topic] {
		r.push(post)
	}
}

// Ticks gives each subscriber the function by which it leaves.
type Ticks struct {
	mu   sync.Mutex
	next int
	subs map[int]chan time.Time
}

func (t *Ticks) Subscribe() (<-chan time.Time, func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	id, ch := t.next, make(chan time.Time)
	t.next++
	t.subs[id] = ch
	return ch, func() { t.drop(id) }
}

func (t *Ticks) drop(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ch, ok := t.subs[id]; ok {
		delete(t.subs, id)
		close(ch)
	}
}

func (t *Ticks) Tick(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, ch := range t.subs {
		ch <- now // want `send on ch holds t.mu, and whoever could end that waits for the lock at member.go:\d+`
	}
}
