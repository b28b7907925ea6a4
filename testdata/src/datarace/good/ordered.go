package good

import (
	"cmp"
	"slices"
	"sync"
)

// A shelf has a lock of its own; those who need several take them in order.
type shelf struct {
	number int

	mu    sync.Mutex
	books []string
}

// Library has shelves.
type Library struct {
	mu      sync.RWMutex
	shelves map[int]*shelf
}

func (l *Library) find(numbers ...int) []*shelf {
	l.mu.RLock()
	defer l.mu.RUnlock()
	found := make([]*shelf, len(numbers))
	for i, number := range numbers {
		found[i] = l.shelves[number]
	}
	return found
}

func lockShelves(shelves ...*shelf) (unlock func()) {
	inOrder := slices.Clone(shelves)
	slices.SortFunc(inOrder, func(a, b *shelf) int { return cmp.Compare(a.number, b.number) })
	inOrder = slices.Compact(inOrder)
	for _, s := range inOrder {
		s.mu.Lock()
	}
	return func() {
		for _, s := range slices.Backward(inOrder) {
			s.mu.Unlock()
		}
	}
}

// Move puts a book elsewhere.
func (l *Library) Move(book string, from, to int) {
	shelves := l.find(from, to)
	defer lockShelves(shelves...)()
	i := slices.Index(shelves[0].books, book)
	if i < 0 {
		return
	}
	shelves[0].books = slices.Delete(shelves[0].books, i, i+1)
	shelves[1].books = append(shelves[1].books, book)
}

// Books lists those of a shelf.
func (l *Library) Books(number int) []string {
	s := l.find(number)[0]
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.books)
}
