package bad

import (
	"errors"
	"fmt"
	"log"
	"sync"
)

var errOverdrawn = errors.New("overdrawn")

type wallet struct {
	owner string

	mu    sync.Mutex
	cents int
}

func (w *wallet) total() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.cents
}

func (w *wallet) String() string { return fmt.Sprintf("%s: %d", w.owner, w.total()) }

func (w *wallet) pay(cents int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cents < cents {
		return fmt.Errorf("%d%% of %v: %w", 100, w, errOverdrawn) // want `fmt.Errorf ends up locking w.mu again, which is held since line 28`
	}
	w.cents -= cents
	log.Println("paid from", w) // want `log.Println ends up locking w.mu again, which is held since line 28`
	return nil
}

type link struct {
	mu   sync.RWMutex
	peer string
	seen int
}

func (l *link) Error() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return "link to " + l.peer
}

func (l *link) drop(logger *log.Logger) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.peer = ""
	logger.Printf("%5d: %s", l.seen, l) // want `logger.Printf ends up locking l.mu for reading, which is held since line 51`
}
