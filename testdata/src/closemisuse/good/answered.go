package good

import (
	"errors"
	"time"
)

// A Session tells those who listen why it ends. Listeners that don't come in
// time are told by goroutines, which recover from what their listeners have
// closed; the end itself comes once.
type Session struct {
	listeners []chan error
	failures  chan error
	over      chan struct{}
}

var errLost = errors.New("connection lost")

func (s *Session) end(err error) {
	for _, l := range s.listeners {
		select {
		case l <- err:
		default:
			go func(l chan<- error) {
				defer func() { _ = recover() }()
				select {
				case l <- err:
				case <-time.After(time.Second):
				}
			}(l)
		}
	}
	close(s.failures)
	close(s.over)
}
