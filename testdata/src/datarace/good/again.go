package good

import (
	"sync"
	"time"
)

// A selector finds what a query asks for; several of them are one, too. So
// each call has variables of its own, though it comes by way of a goroutine
// that another call has started.
type selector interface {
	find(query string, limit int) []string
}

type cabinet struct{ titles []string }

func (c *cabinet) find(query string, limit int) []string {
	var found []string
	for _, title := range c.titles {
		if title == query && len(found) < limit {
			found = append(found, title)
		}
	}
	return found
}

type merged struct{ of []selector }

func (m *merged) find(query string, limit int) []string {
	var found []string
	most := 10
	if limit > 0 {
		most = limit
	}
	var wg sync.WaitGroup
	answers := make(chan []string)
	for _, s := range m.of {
		wg.Add(1)
		go func() {
			defer wg.Done()
			answers <- s.find(query, most)
		}()
	}
	go func() {
		wg.Wait()
		close(answers)
	}()
	for answer := range answers {
		found = append(found, answer...)
	}
	sorted := func() []string { return found[:min(len(found), most)] }
	return sorted()
}

var (
	rate       int64
	lastSample int64
)

// What a package does once, before anybody else, starts a timer that goes on.
func init() {
	rate = 100
	sample()
}

func sample() {
	now := time.Now().Unix()
	if now-lastSample > rate {
		lastSample = now
	}
	time.AfterFunc(time.Second, sample)
}

// together waits in the statement that returns what was found.
func together(all []selector, query string) ([]string, error) {
	var mu sync.Mutex
	var found []string
	g := new(group)
	for _, s := range all {
		g.Go(func() error {
			titles := s.find(query, 1)
			mu.Lock()
			defer mu.Unlock()
			found = append(found, titles...)
			return nil
		})
	}
	return found, g.Wait()
}

type group struct {
	wg  sync.WaitGroup
	mu  sync.Mutex
	err error
}

func (g *group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.mu.Lock()
			g.err = err
			g.mu.Unlock()
		}
	}()
}

func (g *group) Wait() error {
	g.wg.Wait()
	return g.err
}
