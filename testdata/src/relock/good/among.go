package good

import "sync"

type hearer struct {
	id   int
	hear func(topic string)
}

// A panel calls its listeners when it has given its lock back: they may remove
// themselves. Those of the panel that it tells in turn have a lock of their own.
type panel struct {
	mu        sync.Mutex
	listeners []*hearer
	last      int
	heard     int
	next      *panel
}

func (b *panel) add(hear func(string)) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	b.listeners = append(b.listeners, &hearer{id: b.last, hear: hear})
	return b.last
}

func (b *panel) remove(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, l := range b.listeners {
		if l.id == id {
			b.listeners = append(b.listeners[:i:i], b.listeners[i+1:]...)
			return
		}
	}
}

func (b *panel) Tell(topic string) {
	b.mu.Lock()
	list := b.listeners
	b.heard++
	b.mu.Unlock()
	for _, l := range list {
		l.hear(topic)
	}
}

func (b *panel) Once(hear func(string)) {
	var id int
	id = b.add(func(topic string) {
		b.remove(id)
		hear(topic)
	})
}

// A relay calls its listeners under its lock; they tell a panel.
type relay struct {
	mu        sync.Mutex
	listeners []*hearer
	told      int
}

func (r *relay) add(hear func(string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listeners = append(r.listeners, &hearer{hear: hear})
}

func (r *relay) Tell(topic string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told++
	for _, l := range r.listeners {
		l.hear(topic)
	}
}

// To makes the relay tell a panel, and the panel count.
func (r *relay) To(b *panel) {
	r.add(b.Tell)
	b.add(func(string) {
		b.mu.Lock()
		b.heard++
		b.mu.Unlock()
	})
}
