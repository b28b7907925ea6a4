package good

import "time"

// sampler has a goroutine that ends when it is told to.
type sampler struct {
	ticker *time.Ticker
	done   chan struct{}
	sample func() bool
}

func (s *sampler) start() {
	go func() {
		for {
			select {
			case <-s.ticker.C:
				s.sample()
			case <-s.done:
				return
			}
		}
	}()
}

// until ends by itself.
func (s *sampler) until() {
	for range s.ticker.C {
		if !s.sample() {
			break
		}
	}
}

func (s *sampler) stop() {
	s.ticker.Stop()
	close(s.done)
}

// A heartbeat that lives as long as the process.
func heartbeat(beat func()) {
	ticker := time.NewTicker(time.Minute)
	go func() {
		defer ticker.Stop()
		for range ticker.C {
			beat()
		}
	}()
}
