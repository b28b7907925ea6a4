package bad

import "sync"

// A teller has a lock of its own for what it writes, as the comment says.
type teller struct {
	outMu sync.Mutex // protects the following
	words []string

	mu    sync.Mutex
	count int
}

func (t *teller) tell(word string) {
	t.words = append(t.words, word) // want `t.words is written without outMu, which is declared for it and never locked`
	t.mu.Lock()
	t.count++
	t.mu.Unlock()
}

func (t *teller) told() (int, []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count, t.words
}
