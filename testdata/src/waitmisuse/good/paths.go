package good

import (
	"os"
	"sync"
)

type page struct{ lines []string }

type reader struct {
	load func(string) (*page, error)
	log  func(string, ...any)
	wg   sync.WaitGroup
	work chan string
}

// Every return comes by a Done.
func (r *reader) eachReturn(names []string) {
	var wg sync.WaitGroup
	wg.Add(len(names))
	for _, name := range names {
		go func() {
			p, err := r.load(name)
			if err != nil {
				wg.Done()
				return
			}
			r.log("%d lines", len(p.lines))
			wg.Done()
		}()
	}
	wg.Wait()
}

// What isn't counted isn't counted down.
func (r *reader) countsSome(names []string, counted func(string) bool) {
	var wg sync.WaitGroup
	for _, name := range names {
		wait := counted(name)
		if wait {
			wg.Add(1)
		}
		go func() {
			if _, err := r.load(name); err != nil {
				r.log("%v", err)
			}
			if wait {
				wg.Done()
			}
		}()
	}
	wg.Wait()
}

// Done counts pieces of work, not goroutines.
func (r *reader) serve() {
	for range 3 {
		go func() {
			for {
				name, ok := <-r.work
				if !ok {
					return
				}
				_, _ = r.load(name)
				r.wg.Done()
			}
		}()
	}
}

func (r *reader) add(name string) {
	r.wg.Add(1)
	r.work <- name
}

func (r *reader) flush() { r.wg.Wait() }

// What is counted is started on each path, or counted down.
func (r *reader) takesBack(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		p, err := r.load(name)
		if err != nil {
			wg.Done()
			continue
		}
		go func() {
			defer wg.Done()
			r.log("%d lines", len(p.lines))
		}()
	}
	wg.Wait()
}

// The process ends.
func (r *reader) orExit(name string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if _, err := r.load(name); err != nil {
			os.Exit(1)
		}
		wg.Done()
	}()
	wg.Wait()
}

// Another function counts down.
func (r *reader) handsOn(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			p, err := r.load(name)
			if err != nil {
				r.finish(&wg)
				return
			}
			r.log("%d lines", len(p.lines))
			wg.Done()
		}()
	}
	wg.Wait()
}

func (r *reader) finish(wg *sync.WaitGroup) { wg.Done() }

// One literal, several goroutines.
func (r *reader) again(name string, rounds int) {
	var wg sync.WaitGroup
	load := func() {
		defer wg.Done()
		_, _ = r.load(name)
	}
	wg.Add(1)
	go load()
	for range rounds {
		r.log("again")
		wg.Add(1)
		go load()
	}
	wg.Wait()
}

// A queue of which each element is counted where it is put in.
type queue struct {
	pending sync.WaitGroup
	items   chan string
	print   func(string)
}

func newQueue(print func(string)) *queue {
	q := &queue{items: make(chan string), print: print}
	go q.drain()
	return q
}

func (q *queue) drain() {
	for item := range q.items {
		if item == "" {
			q.pending.Done()
			continue
		}
		q.print(item)
		q.pending.Done()
	}
}

func (q *queue) Put(item string) {
	q.pending.Add(1)
	q.items <- item
}

func (q *queue) Items() chan<- string { return q.items }

func (q *queue) Wait() { q.pending.Wait() }

// poller defers Done before it may return, or has somebody else call it.
type poller struct {
	jobs    []func() error
	paused  func() bool
	log     func(string, ...any)
	running sync.WaitGroup
	helped  sync.WaitGroup
}

func (p *poller) poll() {
	for _, job := range p.jobs {
		p.running.Add(1)
		go p.once(job)
		p.helped.Add(1)
		go p.twice(job)
	}
	p.running.Wait()
	p.helped.Wait()
}

func (p *poller) once(job func() error) {
	defer p.running.Done()
	if p.paused != nil && p.paused() {
		p.log("paused")
		return
	}
	if err := job(); err != nil {
		p.log("failed: %v", err)
	}
}

// twice leaves the count to another method on one path.
func (p *poller) twice(job func() error) {
	if p.paused() {
		p.later(job)
		return
	}
	defer p.helped.Done()
	p.log("twice: %v %v", job(), job())
}

func (p *poller) later(job func() error) {
	p.log("later: %v", job())
	p.helped.Done()
}

// shuttle carries something to and fro until it is told to stop. What turns
// with the loop says nothing of the rounds before.
func shuttle(workers int, stopped func() bool, carry func(from, to string) error) {
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			there := true
			for !stopped() {
				from, to := "a", "b"
				if !there {
					from, to = to, from
				}
				if err := carry(from, to); err != nil {
					there = true
					continue
				}
				there = !there
			}
		}()
	}
	wg.Wait()
}
