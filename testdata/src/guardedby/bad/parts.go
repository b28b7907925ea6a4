package bad

import (
	"encoding/json"
	"io"
	"sort"
	"sync"
	"time"
)

// Counters are changed one by one, and read all together.
type Counters struct {
	Hits, Misses int
	Bytes        int64
	Since        time.Time
}

// A Pages is a cache.
type Pages struct {
	mu       sync.Mutex
	content  map[string][]byte
	counters Counters
	name     string
	limit    int
}

func (p *Pages) Get(name string) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	text, ok := p.content[name]
	if ok {
		p.counters.Hits++
	} else {
		p.counters.Misses++
	}
	return text
}

func (p *Pages) Put(name string, text []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.content) < p.limit {
		p.content[name] = text
		p.counters.Bytes += int64(len(text))
	}
}

func (p *Pages) Counters() Counters {
	return p.counters // want `p.counters is read without p.mu: 3 of 4 uses hold it`
}

// Jobs are listed anew with each round, in the room of the list before.
type Jobs struct {
	mu      sync.RWMutex
	running []*Job
	waiting []*Job
}

type Job struct{ Name string }

func (j *Jobs) Sync(found []*Job, ready func(*Job) bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.running = j.running[:0]
	j.waiting = nil
	for _, job := range found {
		if ready(job) {
			j.running = append(j.running, job)
		} else {
			j.waiting = append(j.waiting, job)
		}
	}
}

func (j *Jobs) Running() []*Job {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.running // want `j.running is returned from under j.mu and not copied, while parts.go:[0-9]+ changes it in place`
}

// Waiting are never overwritten: they have a new list each time.
func (j *Jobs) Waiting() []*Job {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.waiting
}

func (j *Jobs) Write(w io.Writer) error {
	running := j.Running()
	sort.Slice(running, func(a, b int) bool { return running[a].Name < running[b].Name })
	for _, job := range j.Waiting() {
		running = append(running[:len(running):len(running)], job)
	}
	return json.NewEncoder(w).Encode(running)
}
