package good

import "sync"

// A pool's shards have each a lock and a map, and the pool a count of users.
type pool struct {
	mu     sync.Mutex
	shards []*shard
	users  map[string]int
}

type shard struct {
	mu   sync.Mutex
	size map[string]int
	busy bool
}

// Grow uses the map of a shard under the lock of that shard, and the pool's
// under the pool's.
func (p *pool) Grow(i int, name string) {
	one := p.shards[i]
	one.mu.Lock()
	one.size[name]++
	one.mu.Unlock()
	p.mu.Lock()
	p.users[name]++
	p.mu.Unlock()
}

// Shrink goes through all shards, under the lock of the pool as well.
func (p *pool) Shrink(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, one := range p.shards {
		one.mu.Lock()
		delete(one.size, name)
		if !one.busy {
			delete(p.users, name)
		}
		one.mu.Unlock()
	}
}

// Size asks each shard under its lock.
func (p *pool) Size(name string) (n int) {
	for i := range p.shards {
		p.shards[i].mu.Lock()
		n += p.shards[i].size[name]
		p.shards[i].mu.Unlock()
	}
	return n
}
