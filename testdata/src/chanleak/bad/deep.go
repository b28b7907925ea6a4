package bad

import (
	"context"
	"errors"
	"sync"
	"time"
)

// This file holds senders that are started, or that send, behind calls, and
// functions with much in front of the mistake.

type article struct {
	section string
	text    string
}

type press struct {
	set     func(article) error
	prepare func(context.Context) error
	ready   func() bool
	log     func(string, ...any)
	stop    chan struct{}
}

var errNothing = errors.New("nothing to print")

// printAll gives up at the first error; the other articles' goroutines wait.
func (p *press) printAll(articles []article) error {
	if len(articles) == 0 {
		return errNothing
	}
	failed := make(chan error)
	go p.bySection(articles, failed)
	for range articles {
		if err := <-failed; err != nil {
			return err
		}
	}
	return nil
}

func (p *press) bySection(articles []article, failed chan<- error) {
	section := ""
	var wg sync.WaitGroup
	for _, a := range articles {
		if a.section != section {
			wg.Wait()
			section = a.section
		}
		wg.Add(1)
		go func() {
			failed <- p.set(a) // want `nobody receives from failed any more`
			wg.Done()
		}()
	}
}

// proof waits for the press or for the reader, whoever comes first.
func (p *press) proof(ctx context.Context, a article, patience time.Duration) error {
	if err := p.prepare(ctx); err != nil {
		return err
	}
	for tries := 0; !p.ready(); tries++ {
		p.log("not ready: %d", tries)
		if tries > 3 {
			return errors.New("never ready")
		}
	}
	proofs, failed := make(chan string), make(chan error, 1)
	go func() {
		if err := p.set(a); err != nil {
			failed <- err
			return
		}
		proofs <- a.text // want `nobody receives from proofs, which was left at deep.go:\d+`
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case text := <-proofs:
		p.log("proof: %s", text)
	case err := <-failed:
		return err
	case <-timer.C:
		return context.DeadlineExceeded
	}
	return nil
}

// setTwice forgets the goroutine when the second press isn't there.
func (p *press) setTwice(ctx context.Context, a article, second *press) error {
	first := make(chan error)
	go func() {
		first <- p.set(a) // want `nobody receives from first`
	}()
	if err := second.prepare(ctx); err != nil {
		return err
	}
	return errors.Join(second.set(a), <-first)
}

// serve hears of the first error, of the press's end, or of its idleness.
func (p *press) serve(next func() (article, error), idle *time.Timer) error {
	articles, broken := make(chan article), make(chan error)
	go func() {
		for {
			a, err := next()
			if err != nil {
				broken <- err // want `nobody receives from broken, which was left at deep.go:\d+`
				return
			}
			articles <- a // want `nobody receives from articles.*, which was left at deep.go:\d+`
		}
	}()
	for {
		select {
		case a := <-articles:
			if err := p.set(a); err != nil {
				p.log("%s: %v", a.section, err)
			}
		case err := <-broken:
			return err
		case <-idle.C:
			return nil
		}
	}
}
