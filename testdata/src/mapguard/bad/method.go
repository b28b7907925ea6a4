package bad

import (
	"net/mail"
	"sync"
)

// Letter's header is a map with methods of its own.
type Letter struct {
	mu     sync.Mutex
	header mail.Header
}

func (l *Letter) Set(name, value string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.header[name] = []string{value}
}

func (l *Letter) Drop(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.header, name)
}

func (l *Letter) Subject() string {
	return l.header.Get("Subject") // want `map l.header is read here while another goroutine may write it`
}
