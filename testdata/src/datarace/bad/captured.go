// Package bad holds variables that two goroutines use at once.
package bad

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

type page struct {
	url  string
	body string
}

type fetcher interface {
	fetch(ctx context.Context, url string) (page, error)
}

type static map[string]string

func (s static) fetch(_ context.Context, url string) (page, error) {
	body, ok := s[url]
	if !ok {
		return page{}, errors.New("not found")
	}
	return page{url, body}, nil
}

// The goroutine assigns to the err of the function around it.
func loadConfig(ctx context.Context, f fetcher) (page, error) {
	main, err := f.fetch(ctx, "main")
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err = f.fetch(ctx, "extra") // want `err is written here while the function that started this goroutine`
	}()
	if err != nil {
		return page{}, err
	}
	<-done
	return main, nil
}

// All goroutines add to one counter.
func countBytes(s static) int {
	total := 0
	var wg sync.WaitGroup
	for url := range s {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p, err := s.fetch(context.Background(), url)
			if err == nil {
				total += len(p.body) // want `total is \w+ here by all goroutines started at captured.go:\d+, at the same time`
			}
		}()
	}
	wg.Wait()
	return total
}

// All goroutines append to one slice.
func bodies(s static) []string {
	var all []string
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			all = append(all, s["main"]) // want `all is \w+ here by all goroutines`
		})
	}
	wg.Wait()
	return all
}

// The result is read although the time limit came first.
func fetchWithin(s static, url string, limit time.Duration) (page, error) {
	var p page
	done := make(chan struct{})
	go func() {
		p, _ = s.fetch(context.Background(), url) // want `p is written here while the function that started this goroutine reads it at`
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(limit):
	}
	return p, nil
}

// Nothing waits for the goroutine.
func describe(s static) string {
	var text string
	go func() {
		text = fmt.Sprint(len(s)) // want `text is written here while the function that started this goroutine reads it`
	}()
	return text
}

// The deferred write comes behind Done, as deferred calls run in reverse.
func sum(parts []int) (total int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		n := 0
		defer func() { total = n }() // want `total is written here while the function that started this goroutine`
		defer wg.Done()
		for _, p := range parts {
			n += p
		}
	}()
	wg.Wait()
	return total
}
