package good

import (
	"context"
	"errors"
	"os"
	"sync"
)

// This file holds semaphores whose slots come back on every path, or are
// handed on.

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

func (c *converter) convert(ctx context.Context, name string) error {
	if err := c.enter(ctx); err != nil {
		return err
	}
	defer c.leave()
	dir, err := os.MkdirTemp("", name)
	if err != nil {
		return err
	}
	return c.run(dir, name)
}

// begin hands the slot to its caller, with the function that gives it back.
func (c *converter) begin(ctx context.Context, name string) (dir string, end func(), err error) {
	if err := c.enter(ctx); err != nil {
		return "", nil, err
	}
	dir, err = os.MkdirTemp("", name)
	if err != nil {
		c.leave()
		return "", nil, err
	}
	return dir, c.leave, nil
}

// A job has a slot until it is closed.
type job struct {
	c   *converter
	dir string
}

func (j *job) Close() error {
	defer j.c.leave()
	return os.RemoveAll(j.dir)
}

// start returns an object that has the slot.
func (c *converter) start(ctx context.Context, name string) (*job, error) {
	if err := c.enter(ctx); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", name)
	if err != nil {
		c.leave()
		return nil, err
	}
	return &job{c: c, dir: dir}, nil
}

// optional takes a slot only where it is told to.
func (c *converter) optional(limited bool, dir, name string) error {
	if limited {
		c.slots <- struct{}{}
	}
	if err := c.run(dir, name); err != nil {
		if limited {
			<-c.slots
		}
		return err
	}
	if limited {
		c.leave()
	}
	return nil
}

// crawl gives the slot of a page back that it skips, and waits for all at the
// end by taking all slots.
func crawl(pages []string, seen map[string]bool, load func(string) error) error {
	sem := make(chan struct{}, 4)
	var mu sync.Mutex
	var all error
	for _, page := range pages {
		sem <- struct{}{}
		if seen[page] {
			<-sem
			continue
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
	for range cap(sem) {
		sem <- struct{}{}
	}
	return all
}

// doorbell is no semaphore, though it has the type of one: who rings doesn't
// take anything.
type doorbell struct {
	rung  chan struct{}
	ready func() bool
	quit  chan struct{}
}

func newDoorbell(ready func() bool) *doorbell {
	return &doorbell{rung: make(chan struct{}, 1), ready: ready, quit: make(chan struct{})}
}

func (d *doorbell) ring() {
	select {
	case d.rung <- struct{}{}:
	default:
	}
}

// await rings itself if somebody rang whom it can't serve yet.
func (d *doorbell) await() bool {
	for {
		select {
		case <-d.rung:
			if d.ready() {
				return true
			}
			d.ring()
		case <-d.quit:
			return false
		}
	}
}

func (d *doorbell) Close() { close(d.quit) }

// sender has senders that take, and one goroutine that gives back for all.
type sender struct {
	window chan struct{}
	write  func([]byte) error
}

func newSender(write func([]byte) error) *sender {
	return &sender{window: make(chan struct{}, 16), write: write}
}

// send leaves it to acknowledged to make room, unless nothing was sent.
func (s *sender) send(frame []byte) error {
	s.window <- struct{}{}
	if err := s.write(frame); err != nil {
		<-s.window
		return err
	}
	return nil
}

func (s *sender) acknowledged() { <-s.window }

// tokens are there from the start: who receives one takes it.
func inTurn(jobs []func() error, later func(func())) {
	tokens := make(chan struct{}, 3)
	for range 3 {
		tokens <- struct{}{}
	}
	for _, job := range jobs {
		later(func() {
			<-tokens
			if job() == nil {
				tokens <- struct{}{}
			}
		})
	}
}

// upload leaves its loop with a slot that nobody takes after it: the semaphore
// ends with the call.
func upload(ctx context.Context, chunks [][]byte, put func(context.Context, int, []byte) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	sem := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for i, chunk := range chunks {
		sem <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-sem }()
			if err := put(ctx, i, chunk); err != nil {
				cancel(err)
			}
		}()
	}
	wg.Wait()
	return context.Cause(ctx)
}

// prune returns with the slot that it took by a literal; what still runs gives
// its own back.
func prune(dirs []string, remove func(string) error, stat func(string) (bool, error)) error {
	sem := make(chan struct{}, 2)
	take := func() { sem <- struct{}{} }
	for _, dir := range dirs {
		take()
		old, err := stat(dir)
		if err != nil {
			return err
		}
		if !old {
			<-sem
			continue
		}
		go func() {
			defer func() { <-sem }()
			_ = remove(dir)
		}()
	}
	return nil
}

// batches makes a semaphore for each batch.
func batches(all [][]string, run func(string) error) {
	for _, batch := range all {
		sem := make(chan struct{}, len(batch))
		for _, name := range batch {
			sem <- struct{}{}
			if name == "" {
				break
			}
			go func() {
				defer func() { <-sem }()
				_ = run(name)
			}()
		}
	}
}

// A quota gives a slot that comes free to one who waits for it, by a signal.
type quota struct {
	slots chan struct{}
	mu    sync.Mutex
	line  []*member
}

type member struct{ next chan struct{} }

func newQuota(n int) *quota { return &quota{slots: make(chan struct{}, n)} }

func (q *quota) join() *member {
	m := &member{next: make(chan struct{}, 1)}
	q.mu.Lock()
	q.line = append(q.line, m)
	q.mu.Unlock()
	return m
}

func (q *quota) wait(ctx context.Context, m *member) bool {
	for {
		select {
		case <-m.next:
			return true
		case q.slots <- struct{}{}:
			q.mu.Lock()
			if len(q.line) == 0 {
				q.mu.Unlock()
				<-q.slots
				return false
			}
			first := q.line[0]
			q.line = q.line[1:]
			q.mu.Unlock()
			first.next <- struct{}{}
		case <-ctx.Done():
			return false
		}
	}
}

func (q *quota) release() { <-q.slots }
