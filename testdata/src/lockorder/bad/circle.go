package bad

import (
	"errors"
	"sync"
)

// A cluster knows its nodes; a committer writes to one of them, which it
// asks the cluster for.
type cluster interface {
	refresh(group string) error
	leader(group string) (*node, error)
}

type node struct {
	lock sync.Mutex
	sent int
}

func (n *node) size() int {
	n.lock.Lock()
	defer n.lock.Unlock()
	return n.sent
}

type remote struct {
	lock  sync.RWMutex
	nodes map[string]*node
	stale bool
}

func (r *remote) refresh(group string) error {
	r.lock.RLock()
	defer r.lock.RUnlock()
	for _, n := range r.nodes {
		if n.size() > 0 {
			return nil
		}
	}
	return errors.New("no node for " + group)
}

func (r *remote) leader(group string) (*node, error) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	return r.nodes[group], nil
}

type committer struct {
	over     cluster
	nodeLock sync.RWMutex
	at       *node
	listLock sync.RWMutex
	pending  map[string]int
}

func (c *committer) node() (*node, error) {
	c.nodeLock.Lock()
	defer c.nodeLock.Unlock()
	if c.at != nil {
		return c.at, nil
	}
	if err := c.over.refresh("group"); err != nil {
		return nil, err
	}
	at, err := c.over.leader("group")
	if err != nil {
		return nil, err
	}
	c.at = at
	return at, nil
}

func (c *committer) release() {
	c.nodeLock.Lock()
	c.at = nil
	c.nodeLock.Unlock()
}

func (c *committer) flush() {
	at, err := c.node()
	if err != nil {
		return
	}
	at.lock.Lock()
	n := c.count()
	at.sent += n
	at.lock.Unlock()
	c.answer(map[string]error{})
}

func (c *committer) count() int {
	c.listLock.RLock()
	defer c.listLock.RUnlock()
	return len(c.pending)
}

func (c *committer) answer(errs map[string]error) {
	c.listLock.RLock()
	defer c.listLock.RUnlock()
	for name := range c.pending {
		if err := errs[name]; err != nil {
			c.release() // want `c.release locks c.nodeLock while c.listLock is held, and .*lock at circle.go:\d+ while c.nodeLock is held, and c.listLock at circle.go:\d+ while .*lock is held: a deadlock`
		}
	}
}

func (c *committer) add(name string) {
	c.listLock.Lock()
	c.pending[name]++
	c.listLock.Unlock()
}

// An account looks into the bank if it is in one; the bank, always,
// into its accounts.
type bank struct {
	mu       sync.Mutex
	accounts map[string]*holder
	shut     bool
}

type holder struct {
	mu      sync.RWMutex
	in      *bank
	streams int
}

func (a *holder) usage() (streams, others int) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if in := a.in; in != nil {
		in.mu.Lock() // want `in.mu is locked here while a.mu is held, and .*mu at circle.go:\d+ while r.mu is held: a deadlock`
		others = len(in.accounts)
		in.mu.Unlock()
	}
	return a.streams, others
}

func (r *bank) drop(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shut {
		return false
	}
	if a, ok := r.accounts[name]; ok {
		a.clear()
		delete(r.accounts, name)
		return true
	}
	return false
}

func (a *holder) clear() {
	a.mu.Lock()
	a.streams = 0
	a.mu.Unlock()
}
