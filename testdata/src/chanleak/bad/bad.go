// Package bad holds goroutines that wait for a channel for ever.
package bad

import (
	"context"
	"errors"
	"sync"
	"time"
)

type answer struct {
	text string
	err  error
}

type backend interface {
	ask(question string) (string, error)
}

type echo struct{ delay time.Duration }

func (e echo) ask(question string) (string, error) {
	if question == "" {
		return "", errors.New("nothing asked")
	}
	return question, nil
}

// The reader leaves when the context ends.
func askWithContext(ctx context.Context, b backend, question string) (string, error) {
	result := make(chan answer)
	go func() {
		text, err := b.ask(question)
		result <- answer{text, err} // want `nobody receives from result, which was left at bad.go:\d+: the goroutine started at bad.go:\d+ is blocked here for ever`
	}()
	select {
	case a := <-result:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// The reader leaves when the time is over.
func askWithin(e echo, question string, limit time.Duration) string {
	result := make(chan string)
	go func() {
		text, _ := e.ask(question)
		result <- text // want `nobody receives from result, which was left at bad.go:\d+`
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case text := <-result:
		return text
	case <-timer.C:
		return ""
	}
}

// The first answer is enough; the other goroutines stay.
func fastest(backends []echo, question string) string {
	answers := make(chan string)
	for _, b := range backends[:3] {
		go func() {
			text, _ := b.ask(question)
			answers <- text // want `nobody receives from answers any more`
		}()
	}
	return <-answers
}

// The reader returns at the first error.
func checkAll(files []string, check func(string) error) error {
	errc := make(chan error)
	go func() {
		errc <- check(files[0]) // want `nobody receives from errc any more`
	}()
	go func() {
		errc <- check(files[1])
	}()
	for range 2 {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

// A return is missing behind the first send.
func validate(input string) error {
	errc := make(chan error)
	go func() {
		if input == "" {
			errc <- errors.New("empty")
		}
		errc <- nil // want `is blocked here for ever`
	}()
	return <-errc
}

type pool struct {
	wg      sync.WaitGroup
	results chan int
}

func (p *pool) work(job int) {
	defer p.wg.Done()
	p.results <- job * job // want `nobody receives from p.results`
}

// Wait stands in front of the loop that drains.
func squares(jobs []int) []int {
	p := &pool{results: make(chan int)}
	for _, job := range jobs {
		p.wg.Add(1)
		go p.work(job)
	}
	p.wg.Wait()
	close(p.results)
	var all []int
	for r := range p.results {
		all = append(all, r)
	}
	return all
}

// Nobody receives at all.
func notify(done func()) {
	finished := make(chan struct{})
	go func() {
		done()
		finished <- struct{}{} // want `nobody receives from finished: the goroutine started at bad.go:\d+ is blocked here for ever`
	}()
}

// The channel was never made.
func signalNil() {
	var ready chan bool
	go func() {
		ready <- true // want `ready is nil: the goroutine started at bad.go:\d+ is blocked here for ever`
	}()
}

type stream[T any] struct {
	items chan T
	errs  chan error
}

// The consumer stops, the producer goes on.
func produce[T any](items []T) *stream[T] {
	s := &stream[T]{items: make(chan T), errs: make(chan error, 1)}
	go func() {
		defer close(s.items)
		for _, item := range items {
			s.items <- item // want `nobody receives from s.items any more`
		}
	}()
	return s
}

func findFirst(words []string, wanted string) bool {
	s := produce(words)
	for word := range s.items {
		if word == wanted {
			return true
		}
	}
	return false
}

// A select waits for what nobody does.
func awaitStop() {
	stop := make(chan struct{})
	reload := make(chan string)
	go func() {
		select { // want `no case of this select is ever ready`
		case <-stop:
		case <-reload:
		}
	}()
}
