package good

import "sync"

// Words is filled by workers that its constructor waits for, under a lock
// that only they need.
type Words struct {
	mu    sync.Mutex
	count map[string]int
}

func Count(files [][]string) *Words {
	w := &Words{count: make(map[string]int)}
	var wg sync.WaitGroup
	for _, file := range files {
		wg.Add(1)
		go func() {
			defer wg.Done()
			w.add(file)
		}()
	}
	wg.Wait()
	return w
}

func (w *Words) add(words []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, word := range words {
		w.count[word]++
	}
}

func (w *Words) Of(word string) int { return w.count[word] }

// Room is locked together with another one, by a helper that returns how to
// unlock both.
type Room struct {
	id    int
	mu    sync.Mutex
	stock map[string]int
}

func (r *Room) Receive(name string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stock[name] += n
}

func (r *Room) Count(name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stock[name]
}

func lockBoth(a, b *Room) (unlock func()) {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

func Move(name string, n int, from, to *Room) {
	defer lockBoth(from, to)()
	from.stock[name] -= n
	to.stock[name] += n
}
