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

// A merger takes the header of the first file, before the consumer sees a row.
type merger struct {
	header []string
	open   func(name string) reader
}

type reader interface{ Read() ([]string, error) }

func (m *merger) feed(name string, rows chan<- []string) error {
	r := m.open(name)
	head, err := r.Read()
	if err != nil {
		return err
	}
	if m.header == nil {
		m.header = head
	}
	for {
		row, err := r.Read()
		if err != nil {
			return err
		}
		rows <- row
	}
}

// Merge counts the cells of all files.
func (m *merger) Merge(names ...string) int {
	rows, cells := make(chan []string, 8), make(chan int)
	go func() {
		n := 0
		for row := range rows {
			if len(m.header) > 0 {
				n += len(row)
			}
		}
		cells <- n
	}()
	for _, name := range names {
		if err := m.feed(name, rows); err != nil {
			break
		}
	}
	close(rows)
	return <-cells
}
