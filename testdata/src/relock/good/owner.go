package good

import "sync"

// gallery's cache calls it back with nothing locked.
type gallery struct {
	thumbs, pages *shelf
}

type shelf struct {
	mu      sync.Mutex
	max     int
	kept    map[string]int
	evicted func(string)
}

func newShelf(max int, evicted func(string)) *shelf {
	return &shelf{max: max, kept: make(map[string]int), evicted: evicted}
}

func (s *shelf) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.kept)
}

func (s *shelf) put(key string) {
	s.mu.Lock()
	var out []string
	for k := range s.kept {
		if len(s.kept) > s.max {
			delete(s.kept, k)
			out = append(out, k)
		}
	}
	s.kept[key]++
	s.mu.Unlock()
	for _, k := range out {
		s.evicted(k)
	}
}

func newGallery() *gallery {
	g := &gallery{}
	g.thumbs = newShelf(10, g.spill)
	return g
}

func (g *gallery) spill(string) { _ = g.thumbs.len() }

// index calls back under its lock, and what it calls asks another one.
type index struct {
	mu      sync.Mutex
	words   map[string]int
	dropped func(string)
}

func newIndex(dropped func(string)) *index {
	return &index{words: make(map[string]int), dropped: dropped}
}

func (x *index) drop(word string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.words, word)
	x.dropped(word)
}

type library struct {
	titles *index
	books  *shelf
}

func newLibrary() *library {
	l := &library{books: newShelf(3, nil)}
	l.titles = newIndex(l.dropped)
	return l
}

func (l *library) dropped(string) { _ = l.books.len() }
