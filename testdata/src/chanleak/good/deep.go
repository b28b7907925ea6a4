package good

import (
	"context"
	"errors"
	"time"
)

type work struct{ name string }

type shop struct {
	do   func(work) error
	look func(context.Context) error
	log  func(string, ...any)
}

// Whoever leaves receives first.
func (s *shop) receivesAnyhow(ctx context.Context, w work) error {
	done := make(chan error)
	go func() { done <- s.do(w) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		s.log("waiting for %s", w.name)
		<-done
		return ctx.Err()
	}
}

// One goroutine gives one of two answers.
func (s *shop) eitherAnswer(w work) (string, error) {
	answer, failed := make(chan string), make(chan error)
	go func() {
		if err := s.do(w); err != nil {
			failed <- err
			return
		}
		answer <- w.name
	}()
	select {
	case text := <-answer:
		return text, nil
	case err := <-failed:
		return "", err
	}
}

// What decides whether to start decides whether to wait.
func (s *shop) perhaps(w work, background bool) error {
	done := make(chan error)
	if background {
		go func() { done <- s.do(w) }()
	}
	if err := s.look(context.Background()); err != nil {
		s.log("look: %v", err)
	}
	if background {
		return <-done
	}
	return nil
}

// The goroutine sends when it has been given something.
func (s *shop) onDemand(ctx context.Context, w work) error {
	jobs, done := make(chan work), make(chan error)
	go func() {
		for job := range jobs {
			done <- s.do(job)
		}
	}()
	defer close(jobs)
	if err := s.look(ctx); err != nil {
		return err
	}
	jobs <- w
	return <-done
}

// The last thing that is sent says that it is the last.
func (s *shop) untilError(next func() (work, error)) error {
	type item struct {
		work work
		err  error
	}
	items := make(chan item)
	go func() {
		for {
			w, err := next()
			items <- item{w, err}
			if err != nil {
				return
			}
		}
	}()
	for {
		i := <-items
		if i.err != nil {
			return i.err
		}
		s.log("%s", i.work.name)
	}
}

// All are received, whatever they say.
func (s *shop) collectsAll(list []work) error {
	failed := make(chan error)
	for _, w := range list {
		go func() { failed <- s.do(w) }()
	}
	var all error
	for range list {
		if err := <-failed; err != nil {
			all = errors.Join(all, err)
		}
	}
	return all
}

// The channel is closed when there is nothing more to come.
func (s *shop) untilClosed(list []work) (failures int) {
	failed := make(chan error)
	go func() {
		for _, w := range list {
			failed <- s.do(w)
		}
		close(failed)
	}()
	for {
		err, ok := <-failed
		if !ok {
			return failures
		}
		if err != nil {
			failures++
		}
	}
}

// A second goroutine takes what nobody waits for.
func (s *shop) drained(w work, patience time.Duration) error {
	done := make(chan error)
	go func() { done <- s.do(w) }()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		go func() { <-done }()
		return context.DeadlineExceeded
	}
}
