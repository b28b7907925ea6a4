package good

import (
	"fmt"
	"log"
	"sync"
)

type wallet struct {
	owner string
	next  *wallet

	mu    sync.Mutex
	cents int
}

func (w *wallet) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprintf("%s: %d", w.owner, w.cents)
}

// Verbs that ask for no text, another wallet, the name, and after the unlock.
func (w *wallet) pay(cents int, other *wallet) error {
	w.mu.Lock()
	if w.cents < cents {
		defer w.mu.Unlock()
		return fmt.Errorf("%p (%T, %#v) of %s, not %v", w, w, w, w.owner, other)
	}
	w.cents -= cents
	rest := w.cents
	w.mu.Unlock()
	log.Printf("%v: %d left", w, rest)
	return nil
}
