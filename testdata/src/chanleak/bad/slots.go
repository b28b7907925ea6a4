package bad

import (
	"context"
	"errors"
	"os"
	"sync"
)

// This file holds semaphores of which a slot gets lost on a path.

// converter runs at most as many conversions as it has slots.
type converter struct {
	slots chan struct{}
	run   func(dir, name string) error
}

func newConverter(n int, run func(dir, name string) error) *converter {
	return &converter{slots: make(chan struct{}, n), run: run}
}

func (c *converter) enter(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case c.slots <- struct{}{}:
		return nil
	}
}

func (c *converter) leave() { <-c.slots }

// convert gives up between enter and the deferred leave.
func (c *converter) convert(ctx context.Context, name string) error {
	if err := c.enter(ctx); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", name)
	if err != nil {
		return err // want `return keeps the slot of slots: other paths give it back, and once all are gone the next to take one waits for ever`
	}
	defer c.leave()
	return c.run(dir, name)
}

// tryConvert refuses what comes when all slots are taken.
func (c *converter) tryConvert(dir, name string) error {
	select {
	case c.slots <- struct{}{}:
	default:
		return errors.New("busy")
	}
	err := c.run(dir, name)
	if errors.Is(err, os.ErrNotExist) {
		return nil // want `return keeps the slot of slots`
	}
	<-c.slots
	return err
}

// crawl takes a slot for each page, those that it skips included, and waits for
// none.
func crawl(pages []string, seen map[string]bool, load func(string) error) error {
	sem := make(chan struct{}, 4)
	var mu sync.Mutex
	var all error
	for _, page := range pages {
		sem <- struct{}{}
		if seen[page] {
			continue // want `continue keeps the slot of the semaphore`
		}
		seen[page] = true
		go func() {
			defer func() { <-sem }()
			err := load(page)
			mu.Lock()
			all = errors.Join(all, err)
			mu.Unlock()
		}()
	}
	return all
}

// mailer starts goroutines that end with their slot if the mail is refused.
type mailer struct {
	room   chan struct{}
	send   func(string) error
	failed func(string, error)
}

func newMailer() *mailer { return &mailer{room: make(chan struct{}, 8)} }

func (m *mailer) deliver(addresses []string) {
	for _, address := range addresses {
		m.room <- struct{}{}
		go func() {
			if err := m.send(address); err != nil {
				m.failed(address, err)
				return // want `return keeps the slot of room`
			}
			<-m.room
		}()
	}
}

// fetchAll starts over with the same slots when a round has failed: what the
// first round keeps is missing in the second.
func fetchAll(hosts []string, fetch func(string) error, down func(string) bool) error {
	sem := make(chan struct{}, 3)
	var wg sync.WaitGroup
	var failed error
	for range 2 {
		for _, host := range hosts {
			sem <- struct{}{}
			if down(host) {
				continue // want `continue keeps the slot of the semaphore`
			}
			wg.Add(1)
			go func() {
				defer wg.Done()
				defer func() { <-sem }()
				if err := fetch(host); err != nil {
					failed = err
				}
			}()
		}
		wg.Wait()
	}
	return failed
}

// verifyAll has workers that take slots themselves, and one that ends with it
// lets the others wait.
func verifyAll(sums map[string]string, sum func(string) (string, error)) {
	slots := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for name, want := range sums {
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			got, err := sum(name)
			if err != nil || got != want {
				return // want `return keeps the slot of the semaphore`
			}
			<-slots
		}()
	}
	wg.Wait()
}
