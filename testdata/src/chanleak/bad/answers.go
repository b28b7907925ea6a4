package bad

import "errors"

// This file holds requests that get no answer on a path, and goroutines that
// don't say that they have ended.

// question is asked of the goroutine that owns the stock.
type question struct {
	item   string
	number int
	answer chan error
}

type stock struct {
	questions chan question
	items     map[string]int
	lookups   chan *lookup
	closing   chan struct{}
	log       func(string)
}

func newStock() *stock {
	s := &stock{questions: make(chan question), items: make(map[string]int), lookups: make(chan *lookup), closing: make(chan struct{})}
	go s.serve()
	go s.find()
	return s
}

func (s *stock) Take(item string, number int) error {
	q := question{item: item, number: number, answer: make(chan error)}
	s.questions <- q
	return <-q.answer
}

func (s *stock) serve() {
	for {
		select {
		case q := <-s.questions:
			s.take(q)
		case <-s.closing:
			return
		}
	}
}

func (s *stock) Close() { close(s.closing) }

// take answers all but those who ask for what is unknown.
func (s *stock) take(q question) {
	left, ok := s.items[q.item]
	if !ok {
		s.log("nobody knows " + q.item)
		return // want `return leaves the question unanswered: who asked waits for answer at answers.go:\d+ for ever`
	}
	if left < q.number {
		q.answer <- errors.New("not enough left")
		return
	}
	s.items[q.item] = left - q.number
	q.answer <- nil
}

// lookup is answered by closing its channel.
type lookup struct {
	prefix string
	found  []string
	done   chan struct{}
}

func (s *stock) Find(prefix string) []string {
	l := &lookup{prefix: prefix, done: make(chan struct{})}
	s.lookups <- l
	<-l.done
	return l.found
}

// find passes lookups by that the items are missing for, and says nothing.
func (s *stock) find() {
	for l := range s.lookups {
		if len(s.items) == 0 {
			continue // want `continue leaves the lookup unanswered: who asked waits for done at answers.go:\d+ for ever`
		}
		for item := range s.items {
			if len(item) >= len(l.prefix) && item[:len(l.prefix)] == l.prefix {
				l.found = append(l.found, item)
			}
		}
		l.done <- struct{}{}
	}
}

// follower reads entries until there are no more, or somebody stops it.
type follower struct {
	next func() (string, error)
	keep func(string) error
	stop chan struct{}
	end  chan error
}

func follow(next func() (string, error), keep func(string) error) *follower {
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
		if err != nil {
			f.end <- err
			return
		}
		if err := f.keep(entry); err != nil {
			return // want `return says nothing on end, as other paths do: who waits for it at answers.go:\d+ waits for ever`
		}
	}
}

func (f *follower) Stop() error {
	close(f.stop)
	return <-f.end
}
