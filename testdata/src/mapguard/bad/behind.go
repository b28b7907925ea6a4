package bad

import "sync"

// A recorder is known by an interface that nobody else can name.
type recorder interface {
	record(page string)
	pages() int
}

// counted is the only one that isn't for tests.
type counted struct{ hits map[string]int }

func (c *counted) record(page string) {
	c.hits[page]++ // want `map c.hits is written by all goroutines that behind.go:\d+ starts, at the same time and without a lock`
}

func (c *counted) pages() int { return len(c.hits) }

func crawl(r recorder, links []string) int {
	var wg sync.WaitGroup
	for _, link := range links {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.record(link)
		}()
	}
	wg.Wait()
	return r.pages()
}

// A transport is one of two; both write the trailer of a stream, and one of
// them forgets the lock.
type transport interface {
	finish(s *stream) error
}

type basic struct{ trailer header }

type header map[string][]string

func (h header) clone() header {
	c := make(header, len(h))
	for k, v := range h {
		c[k] = v
	}
	return c
}

type stream struct {
	*basic
	over transport
	mu   sync.Mutex // guards the trailer
}

func (s *stream) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trailer[key] = append(s.trailer[key], value)
}

func (s *stream) Finish() error { return s.over.finish(s) }

type plain struct{ sent []header }

func (p *plain) finish(s *stream) error {
	s.mu.Lock()
	delete(s.trailer, "grpc-status")
	s.mu.Unlock()
	p.sent = append(p.sent, s.trailer.clone()) // want `map h is read by this call while another goroutine may write it \(other side holds s.mu\)`
	return nil
}

type framed struct{ frames []header }

func (f *framed) finish(s *stream) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.trailer, "grpc-status")
	f.frames = append(f.frames, s.trailer.clone())
	return nil
}
