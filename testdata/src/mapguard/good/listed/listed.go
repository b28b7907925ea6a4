// Package listed works on objects that it has put into a list of its own.
package listed

import (
	"fmt"
	"io"
	"maps"
	"sort"
	"sync"
)

type tally struct {
	name string

	mu     sync.Mutex
	counts map[string]int
}

func (t *tally) Add(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[key]++
}

func (t *tally) Forget(key string) {
	t.mu.Lock()
	delete(t.counts, key)
	t.mu.Unlock()
}

// Counts returns a copy.
func (t *tally) Counts() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.counts)
}

// fresh are tallies that nobody else knows.
func fresh(names []string) []*tally {
	out := make([]*tally, 0, len(names))
	for _, name := range names {
		out = append(out, &tally{name: name, counts: make(map[string]int)})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// Zero fills new tallies before others come to know them.
func Zero(names, keys []string) []*tally {
	all := fresh(names)
	for _, t := range all {
		for _, key := range keys {
			t.counts[key] = 0
		}
	}
	return all
}

func Write(w io.Writer, all []*tally) {
	for _, t := range all {
		for key, n := range t.Counts() {
			fmt.Fprintln(w, t.name, key, n)
		}
	}
}
