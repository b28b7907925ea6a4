package bad

import "sync"

// Room's goods are moved between rooms.
type Room struct {
	id    int
	mu    sync.Mutex
	goods map[string]int
}

func lockBoth(a, b *Room) (unlock func()) {
	a.mu.Lock()
	b.mu.Lock() // want `b.mu is locked here while a.mu is held: a goroutine that calls lockBoth with the two swapped deadlocks with this one`
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

func Move(good string, from, to *Room) {
	if from == to {
		return
	}
	defer lockBoth(from, to)()
	from.goods[good]--
	to.goods[good]++
}

type Office struct{ rooms []*Room }

func (o *Office) Swap(good string, a, b *Room) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock() // want `b.mu is locked here while a.mu is held: a goroutine that calls Swap`
	defer b.mu.Unlock()
	a.goods[good], b.goods[good] = b.goods[good], a.goods[good]
}

// depot takes from any other, as it says by asking whether it is itself.
type depot struct {
	sync.Mutex
	stock map[string]int
}

func (d *depot) fill(with *depot, item string, n int) {
	if d == with {
		return
	}
	d.Lock()
	defer d.Unlock()
	with.Lock() // want `with.Mutex is locked here while d.Mutex is held: a goroutine that calls fill with the two swapped deadlocks with this one`
	defer with.Unlock()
	with.stock[item] -= n
	d.stock[item] += n
}

func (d *depot) move(dst *depot, item string) {
	d.Lock()
	dst.Lock() // want `dst.Mutex is locked here while d.Mutex is held: a goroutine that calls move with the two swapped`
	dst.stock[item] += d.stock[item]
	delete(d.stock, item)
	dst.Unlock()
	d.Unlock()
}
