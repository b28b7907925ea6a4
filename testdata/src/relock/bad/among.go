package bad

import "sync"

type hearer struct {
	id   int
	hear func(topic string)
	seen int
}

// A panel calls its listeners under its lock; one of those that it adds itself
// removes itself again.
type panel struct {
	mu        sync.Mutex
	listeners map[string][]*hearer
	last      int
}

func (b *panel) add(topic string, hear func(string)) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	b.listeners[topic] = append(b.listeners[topic], &hearer{id: b.last, hear: hear})
	return b.last
}

func (b *panel) remove(topic string, id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := b.listeners[topic]
	for i, l := range list {
		if l.id == id {
			b.listeners[topic] = append(list[:i:i], list[i+1:]...)
			return
		}
	}
}

func (b *panel) Tell(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.listeners[topic] {
		l.seen++
		l.hear(topic) // want `l.hear ends up locking b.mu again, which is held since line 40: it waits for itself`
	}
}

func (b *panel) Once(topic string, hear func(string)) {
	var once sync.Once
	var id int
	id = b.add(topic, func(topic string) {
		once.Do(func() {
			b.remove(topic, id)
			hear(topic)
		})
	})
}
