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

// A loop that the caller waits in, for as long as the program runs.
func serve(every time.Duration, step func()) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	each(ticker, step)
}

func each(ticker *time.Ticker, step func()) {
	for range ticker.C {
		step()
	}
}

// The ticker that is stopped is another one.
func (s *sampler) both(a, b *time.Ticker) {
	go func(t *time.Ticker) {
		for range t.C {
			s.sample()
		}
	}(a)
	b.Stop()
}
