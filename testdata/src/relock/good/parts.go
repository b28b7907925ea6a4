package good

import "sync"

// listNode knows several of its kind: whose lock it is isn't known.
type listNode struct {
	mu         sync.Mutex
	value      int
	prev, next *listNode
}

func (n *listNode) bump() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.value++
}

func (n *listNode) bumpBefore() { n.prev.bump() }

func (n *listNode) spread() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.next.bumpBefore()
}

// hub's clients leave by another way, or once the hub lets go.
type hub struct {
	mu      sync.Mutex
	clients []*member
	plugins []plugin
}

type member struct {
	mu   sync.Mutex
	hub  *hub
	open bool
}

func (c *member) setOpen(open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = open
}

func (c *member) close() {
	c.setOpen(false)
	go c.hub.remove(c)
}

func (h *hub) remove(gone *member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, c := range h.clients {
		if c == gone {
			h.clients = append(h.clients[:i], h.clients[i+1:]...)
			return
		}
	}
}

func (h *hub) closeAll() {
	h.mu.Lock()
	clients := append([]*member(nil), h.clients...)
	for _, c := range clients {
		c.close()
	}
	h.mu.Unlock()
	for _, c := range clients {
		h.remove(c)
	}
}

type plugin interface{ stop() }

// other hubs' plugins, and those that go on without one.
type bridge struct{ from, to *hub }

func (b *bridge) stop() { b.to.remove(nil) }

type plain struct{ mu sync.Mutex }

func (p *plain) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
}

func (h *hub) stopAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugins {
		p.stop()
	}
}

// lru calls back when it has let go.
type lru struct {
	mu      sync.Mutex
	items   map[string]int
	onEvict func(key string)
}

func newLRU(onEvict func(key string)) *lru {
	return &lru{items: make(map[string]int), onEvict: onEvict}
}

func (l *lru) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.items)
}

func (l *lru) evict(key string) {
	l.mu.Lock()
	delete(l.items, key)
	l.mu.Unlock()
	l.onEvict(key)
}

// total's function asks another one.
func loggedLRU(other *lru, log func(string, int)) *lru {
	return newLRU(func(key string) { log(key, other.size()) })
}

// conn is what a balancer works for, and what its children see in its place.
type conn interface{ update(state int) }

type balancer struct {
	mu       sync.Mutex
	cc       conn
	children []conn
	sum      int
}

type child struct {
	conn
	of *balancer
}

func (c *child) update(state int) {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	c.of.sum += state
}

func (b *balancer) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cc.update(b.sum)
}

func (b *balancer) add() { b.children = append(b.children, &child{b.cc, b}) }
