// Package pool has workers behind fields and package variables.
package pool

import (
	"fmt"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"
)

// A Pool runs functions.
type Pool struct {
	jobs chan func()
	wg   sync.WaitGroup
}

// New starts the workers.
func New(n int) *Pool {
	p := &Pool{jobs: make(chan func())}
	for range n {
		p.wg.Add(1)
		go p.work()
	}
	return p
}

func (p *Pool) work() {
	defer p.wg.Done()
	for job := range p.jobs { // want `range over p.jobs never ends: p.jobs, sent on at pool.go:\d+, is closed nowhere, so p.wg.Wait at pool.go:\d+ waits for ever`
		job()
	}
}

// Submit runs a function some day.
func (p *Pool) Submit(job func()) { p.jobs <- job }

// Finish waits for all.
func (p *Pool) Finish() { p.wg.Wait() }

// A Logger writes lines behind its callers' backs.
type Logger struct {
	mu    sync.Mutex
	w     io.WriteCloser
	lines chan string
	start sync.Once
}

// Print queues a line.
func (l *Logger) Print(line string) {
	l.start.Do(func() {
		l.lines = make(chan string, 64)
		go l.run()
	})
	l.lines <- line
}

func (l *Logger) run() {
	for line := range l.lines { // want `range over l.lines never ends: l.lines, sent on at pool.go:\d+, is closed nowhere, not even by Close`
		l.mu.Lock()
		io.WriteString(l.w, line)
		l.mu.Unlock()
	}
}

// Close closes the file, and leaves the goroutine behind.
func (l *Logger) Close() error { return l.w.Close() }

// A Collector adds numbers up.
type Collector struct {
	in   chan int
	done chan struct{}
	sum  int
}

// NewCollector starts one.
func NewCollector() *Collector {
	c := &Collector{in: make(chan int), done: make(chan struct{})}
	go func() {
		for n := range c.in { // want `range over c.in never ends: c.in, sent on at pool.go:\d+, is closed nowhere, so <-c.done at pool.go:\d+ waits for ever`
			c.sum += n
		}
		close(c.done)
	}()
	return c
}

// Add adds.
func (c *Collector) Add(n int) { c.in <- n }

// Sum waits for the sum.
func (c *Collector) Sum() int {
	<-c.done
	return c.sum
}

var events = make(chan string)

// Follow prints events, and Drain waits until that is over.
func Follow(g *errgroup.Group) {
	g.Go(func() error {
		for e := range events {
			fmt.Println(e)
		}
		return nil
	})
}

// Emit sends one.
func Emit(e string) { events <- e }

// Copy moves lines through a group.
func Copy(lines []string, w io.Writer) error {
	var g errgroup.Group
	queue := make(chan string)
	g.Go(func() error {
		for line := range queue { // want `range over queue never ends: queue, sent on at pool.go:\d+, is closed nowhere, so g.Wait at pool.go:\d+ waits for ever`
			io.WriteString(w, line)
		}
		return nil
	})
	for _, line := range lines {
		queue <- line
	}
	return g.Wait()
}

// Channels in a slice are followed by running the code.
func sumsOf(parts [][]int) (total int) {
	var sums []chan int
	for _, part := range parts {
		c := make(chan int)
		sums = append(sums, c)
		go func() { c <- len(part) }()
	}
	for _, c := range sums {
		for n := range c { // want `range over c never ends: nobody is left to close it, and it waits for ever`
			total += n
		}
	}
	return total
}
