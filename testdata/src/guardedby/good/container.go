package good

import (
	"io"
	"sync"
	"sync/atomic"
)

// Each of these types sees to goroutines by itself, or is no container.
type (
	locked struct {
		mu    sync.Mutex
		names map[string]int
	}
	shards struct {
		parts []*locked
	}
	counters struct {
		hits   atomic.Int64
		byName map[string]*atomic.Int64
	}
	numbers struct{ hits, misses int64 } // may be added to atomically
	output  struct {
		to   io.Writer
		sent []string
	}
	feed struct {
		queue []string
		wake  chan struct{}
	}
)

func (l *locked) Add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names[name]++
}
func (s *shards) Add(name string)   { s.parts[len(name)%len(s.parts)].Add(name) }
func (c *counters) Add(name string) { c.byName[name].Add(1) }
func (n *numbers) Add(by int64)     { atomic.AddInt64(&n.hits, by) }
func (o *output) Add(line string)   { _, _ = io.WriteString(o.to, line) }
func (f *feed) Add(line string)     { f.wake <- struct{}{} }

type Board struct {
	mu       sync.Mutex
	total    int
	shards   *shards
	counters *counters
	numbers  *numbers
	output   *output
	feed     *feed
}

func (b *Board) Add(line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.total++
	b.addAll(line)
}

func (b *Board) AddTwice(line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.total += 2
	b.addAll(line)
	b.shards.Add(line)
	b.counters.Add(line)
	b.numbers.Add(1)
	b.output.Add(line)
	b.feed.Add(line)
}

func (b *Board) AddThrice(line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.total += 3
	b.addAll(line)
	b.addAll(line)
	b.shards.Add(line)
	b.counters.Add(line)
	b.numbers.Add(1)
	b.output.Add(line)
	b.feed.Add(line)
}

func (b *Board) addAll(line string) {
	b.shards.Add(line)
	b.counters.Add(line)
	b.numbers.Add(1)
	b.output.Add(line)
	b.feed.Add(line)
}

func (b *Board) Note(line string) {
	b.shards.Add(line)
	b.counters.Add(line)
	b.numbers.Add(1)
	b.output.Add(line)
	b.feed.Add(line)
}

// set is a container that nobody changes once it is built.
type set struct{ names map[string]bool }

func (s *set) Has(name string) bool { return s.names[name] }
func (s *set) Add(name string)      { s.names[name] = true }

type Filter struct {
	mu   sync.Mutex
	seen int
	deny *set
}

func NewFilter(names ...string) *Filter {
	f := &Filter{deny: &set{make(map[string]bool)}}
	for _, name := range names {
		f.deny.Add(name)
	}
	return f
}

func (f *Filter) Count(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.deny.Has(name) {
		f.seen++
	}
	return f.seen
}

func (f *Filter) Denied(name string) bool { return f.deny.Has(name) }
