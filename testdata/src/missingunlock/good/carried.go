package good

import "sync"

// phase has three values and no more.
type phase int

const (
	idle phase = iota
	probing
	broken
)

type relay struct {
	mu    sync.RWMutex
	now   phase
	fails int
}

func (r *relay) phase() phase { return r.now }

// note gives its read lock back in each of the phases, as it has to upgrade it
// in one of them.
func (r *relay) note(ok bool) {
	shared := r.mu.RLocker()
	shared.Lock()
	switch r.phase() {
	case broken:
		shared.Unlock()
	case probing:
		shared.Unlock()
		r.mu.Lock()
		if !ok {
			r.now = broken
		}
		r.mu.Unlock()
	case idle:
		r.fails++
		shared.Unlock()
	}
}

type plot struct {
	mu   sync.Mutex
	gone bool
	next *plot
}

type garden struct{ plots []*plot }

func (g *garden) around(key int) (left, found *plot) {
	if key <= 0 || key >= len(g.plots) {
		return nil, nil
	}
	return g.plots[key-1], g.plots[key]
}

// dig locks the plot once, in whichever round comes to it first, and gives the
// lock back when its neighbour is as it was.
func (g *garden) dig(key int) bool {
	var target *plot
	marked := false
	for {
		left, found := g.around(key)
		if !marked && found == nil {
			return false
		}
		if !marked {
			target = found
			target.mu.Lock()
			if target.gone {
				target.mu.Unlock()
				return false
			}
			target.gone, marked = true, true
		}
		left.mu.Lock()
		if left.gone || left.next != target {
			left.mu.Unlock()
			continue
		}
		left.next = target.next
		target.mu.Unlock()
		left.mu.Unlock()
		return true
	}
}

// turns lets those who wait for an answer read it, one after the other.
type turns struct {
	reading sync.Mutex
	waiting int
	peek    func() (id int, err error)
}

// wait returns the lock that whoever reads the answer gives back.
func (t *turns) wait(id int) (size int, lock *sync.Mutex, err error) {
	for {
		t.reading.Lock()
		var next int
		if next, err = t.peek(); err != nil {
			t.reading.Unlock()
			break
		}
		if next == id {
			size, lock = next*2, &t.reading
			break
		}
		t.reading.Unlock()
	}
	t.waiting--
	return size, lock, err
}
