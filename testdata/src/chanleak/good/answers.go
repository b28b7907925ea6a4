package good

import (
	"context"
	"errors"
)

// This file holds requests that get their answer on each path, or from
// somebody else, and such that want none.

type question struct {
	item   string
	number int
	kind   int
	answer chan error
}

type stock struct {
	questions chan question
	items     map[string]int
	waiting   []question
	slow      chan question
	closing   chan struct{}
	log       func(string)
}

func newStock() *stock {
	s := &stock{questions: make(chan question), items: make(map[string]int), slow: make(chan question), closing: make(chan struct{})}
	go s.serve()
	return s
}

func (s *stock) Take(item string, number int) error {
	q := question{item: item, number: number, answer: make(chan error, 1)}
	s.questions <- q
	return <-q.answer
}

// Forget wants no answer.
func (s *stock) Forget(item string) {
	s.questions <- question{item: item, kind: 1}
}

func (s *stock) serve() {
	for {
		select {
		case q := <-s.questions:
			s.take(q)
		case q := <-s.slow:
			s.refuse(q, errors.New("too slow"))
		case <-s.closing:
			return
		}
	}
}

func (s *stock) Close() { close(s.closing) }

func (s *stock) take(q question) {
	if q.kind == 1 {
		delete(s.items, q.item)
		return
	}
	left, ok := s.items[q.item]
	if !ok {
		s.refuse(q, errors.New("nobody knows "+q.item))
		return
	}
	if left == 0 {
		s.waiting = append(s.waiting, q)
		return
	}
	if left < q.number {
		go func() { s.slow <- q }()
		return
	}
	s.items[q.item] = left - q.number
	q.answer <- nil
}

func (s *stock) refuse(q question, err error) {
	s.log(err.Error())
	q.answer <- err
}

// Bring answers those who wait.
func (s *stock) Bring(item string, number int) {
	s.items[item] += number
	for _, q := range s.waiting {
		q.answer <- nil
	}
	s.waiting = nil
}

// probe is answered where somebody still waits.
type probe struct {
	ctx   context.Context
	reply chan int
}

func ask(ctx context.Context, probes chan<- probe) (int, error) {
	p := probe{ctx: ctx, reply: make(chan int, 1)}
	probes <- p
	select {
	case n := <-p.reply:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func answerProbes(probes <-chan probe, count func() int) {
	for p := range probes {
		if p.ctx.Err() != nil {
			continue
		}
		p.reply <- count()
	}
}

// follower says on each path that it has ended.
type follower struct {
	next func() (string, error)
	keep func(string) error
	stop chan struct{}
	end  chan error
}

func tail(next func() (string, error), keep func(string) error) *follower {
	f := &follower{next: next, keep: keep, stop: make(chan struct{}), end: make(chan error, 1)}
	go f.run()
	return f
}

func (f *follower) run() {
	for {
		select {
		case <-f.stop:
			f.end <- nil
			return
		default:
		}
		entry, err := f.next()
		if err == nil {
			err = f.keep(entry)
		}
		if err != nil {
			f.end <- err
			return
		}
	}
}

func (f *follower) Stop() error {
	close(f.stop)
	return <-f.end
}

// feed sends what there is: that it ends without a last value says nothing.
type feed struct {
	values chan int
	read   func() (int, bool)
}

func newFeed(read func() (int, bool)) *feed {
	f := &feed{values: make(chan int), read: read}
	go f.run()
	return f
}

func (f *feed) run() {
	defer close(f.values)
	for {
		v, ok := f.read()
		if !ok {
			return
		}
		if v < 0 {
			f.values <- 0
			return
		}
		f.values <- v
	}
}

func (f *feed) Next() int { return <-f.values }
