package bad

import "sync"

type season int

const (
	spring season = iota
	summer
	autumn
	winter
)

type field struct {
	mu   sync.Mutex
	now  season
	seed int
}

// sow forgets one season.
func (f *field) sow() {
	f.mu.Lock() // want `f.mu is locked here and released on some paths only: one reaches line \d+ without`
	switch f.now {
	case spring:
		f.seed++
		f.mu.Unlock()
	case summer, autumn:
		f.mu.Unlock()
	}
}
