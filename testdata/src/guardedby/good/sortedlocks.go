package good

import (
	"cmp"
	"slices"
	"sync"
)

// A depot's stock is guarded by its lock; of several, the locks are taken in
// the order of their numbers.
type depot struct {
	number int

	mu     sync.Mutex
	stock  map[string]int
	closed bool
}

func (d *depot) put(what string, n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.stock[what] += n
	}
}

func (d *depot) close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
}

// lockDepots locks a sorted copy of the list, and returns how to unlock it.
func lockDepots(list []*depot) (unlock func()) {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b *depot) int { return cmp.Compare(a.number, b.number) })
	for _, d := range sorted {
		d.mu.Lock()
	}
	return func() {
		for _, d := range sorted {
			d.mu.Unlock()
		}
	}
}

// Depots is a list of depots.
type Depots struct {
	mu   sync.Mutex
	list []*depot
}

func (d *Depots) all() []*depot {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.list)
}

// Put puts something into the first depot.
func (d *Depots) Put(what string, n int) { d.all()[0].put(what, n) }

// Close closes them.
func (d *Depots) Close() {
	for _, one := range d.all() {
		one.close()
	}
}

// Total counts at one moment what is there.
func (d *Depots) Total(what string) (total int) {
	list := d.all()
	defer lockDepots(list)()
	for _, one := range list {
		total += one.stock[what]
	}
	return total
}

// Spread gives all that are open the same.
func (d *Depots) Spread(what string, n int) {
	list := d.all()
	unlock := lockDepots(list)
	defer unlock()
	list = slices.DeleteFunc(list, func(one *depot) bool { return one.closed })
	for _, one := range list {
		one.stock[what] = n / len(list)
	}
}
