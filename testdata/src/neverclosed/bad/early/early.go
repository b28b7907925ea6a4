// Package early closes its channels on the straight path only.
package early

import (
	"context"
	"errors"
	"sync"
)

type rows struct{ n int }

func (r *rows) next() bool                { r.n--; return r.n > 0 }
func (r *rows) scan(s *string) error      { return nil }
func (r *rows) close() error              { return nil }
func decode(s string) (int, error)        { return len(s), nil }
func fetch(context.Context, string) error { return nil }

// strings calls f for each row.
func (r *rows) strings(f func(string)) {
	values := make(chan string)
	go func() {
		for r.next() {
			var s string
			if err := r.scan(&s); err != nil {
				return // want `return leaves values open: the range over values at early.go:\d+ never ends`
			}
			values <- s
		}
		close(values)
	}()
	for s := range values {
		f(s)
	}
}

// All decodes on several goroutines.
func All(texts []string) (int, error) {
	jobs := make(chan string)
	var mu sync.Mutex
	total := 0
	for range 4 {
		go func() {
			for text := range jobs {
				n, _ := decode(text)
				mu.Lock()
				total += n
				mu.Unlock()
			}
		}()
	}
	for _, text := range texts {
		if text == "" {
			return 0, errors.New("empty text") // want `return leaves jobs open: the range over jobs at early.go:\d+ never ends`
		}
		jobs <- text
	}
	close(jobs)
	return total, nil
}

type loader struct {
	urls chan string
	wg   sync.WaitGroup
}

func (l *loader) load(ctx context.Context) {
	defer l.wg.Done()
	for url := range l.urls {
		fetch(ctx, url)
	}
}

func (l *loader) run(ctx context.Context, urls []string) error {
	l.urls = make(chan string)
	l.wg.Add(1)
	go l.load(ctx)
	for _, url := range urls {
		select {
		case l.urls <- url:
		case <-ctx.Done():
			return ctx.Err() // want `return leaves l.urls open: the range over l.urls at early.go:\d+ never ends`
		}
	}
	close(l.urls)
	l.wg.Wait()
	return nil
}

// Numbers hands out what it decodes.
func Numbers(texts []string) <-chan int {
	out := make(chan int)
	go func() {
		for _, text := range texts {
			n, err := decode(text)
			if err != nil {
				return // want `return leaves out open, and its receivers wait for ever`
			}
			out <- n
		}
		close(out)
	}()
	return out
}

var (
	_ = (*rows).strings
	_ = (*rows).close
	_ = (*loader).run
)
