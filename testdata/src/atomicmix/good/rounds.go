package good

import "sync/atomic"

// Goroutines that are started in one loop are waited for in another that has
// as many rounds.

type chapter struct{ n int64 }

type reading struct {
	n   int64
	err error
}

func (p *chapter) load() (int64, error) { return p.n, nil }

func pages(chapters []*chapter) (int, error) {
	results := make(chan *reading, len(chapters))
	var sum int64
	for _, p := range chapters {
		go func(p *chapter) {
			n, err := p.load()
			if err != nil {
				results <- &reading{err: err}
			} else {
				atomic.AddInt64(&sum, n)
				results <- &reading{n: n}
			}
		}(p)
	}
	var err error
	for count := 0; count < len(chapters); count++ {
		a := <-results
		if a.err != nil && err == nil {
			err = a.err
		}
	}
	return int(sum), err
}

type book struct{ chapters []*chapter }

func (s *book) pages() (int, error) {
	results := make(chan *reading, len(s.chapters))
	var sum int64
	for _, p := range s.chapters {
		go func(p *chapter) {
			n, err := p.load()
			if err != nil {
				results <- &reading{err: err}
			} else {
				atomic.AddInt64(&sum, n)
				results <- &reading{n: n}
			}
		}(p)
	}
	var err error
	for count := 0; count < len(s.chapters); count++ {
		a := <-results
		if a.err != nil && err == nil {
			err = a.err
		}
	}
	return int(sum), err
}
