package bad

import "sync"

type lazy struct {
	mu   sync.Mutex
	text []byte
	hits int
}

// get sets its field up again after reset: no Once can do that.
func (l *lazy) get(read func() []byte) []byte {
	if l.text == nil { // want `l.text is looked at without l.mu`
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.text == nil {
			l.text = read()
		}
	}
	return l.text
}

func (l *lazy) reset() {
	l.mu.Lock()
	l.text = nil
	l.mu.Unlock()
}
