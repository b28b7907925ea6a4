// Package workers holds near misses of the bad packages.
package workers

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// All defers the close.
func All(root string) []string {
	paths := make(chan string)
	go func() {
		defer close(paths)
		filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil {
				paths <- path
			}
			return err
		})
	}()
	var all []string
	for path := range paths {
		all = append(all, path)
	}
	return all
}

// Sum waits for the senders before it closes.
func Sum(parts [][]int) (total int) {
	sums := make(chan int)
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() {
			n := 0
			for _, v := range part {
				n += v
			}
			sums <- n
		})
	}
	go func() {
		wg.Wait()
		close(sums)
	}()
	for n := range sums {
		total += n
	}
	return total
}

// Counted knows how many results there are.
func Counted(parts [][]int) (total int) {
	sums := make(chan int)
	for _, part := range parts {
		go func() { sums <- len(part) }()
	}
	seen := 0
	for n := range sums {
		total += n
		if seen++; seen == len(parts) {
			break
		}
	}
	return total
}

// First returns at the first error, which the sender sends last.
func First(paths []string) error {
	results := make(chan error)
	go func() {
		for _, path := range paths {
			if err := os.Remove(path); err != nil {
				results <- err
			}
		}
		results <- io.EOF
	}()
	for err := range results {
		if err == io.EOF {
			return nil
		}
		log.Print(err)
	}
	return nil
}

// Buffered is never ranged over.
func Buffered(f func() error) error {
	result := make(chan error, 1)
	go func() { result <- f() }()
	select {
	case err := <-result:
		return err
	case <-time.After(time.Second):
		return context.DeadlineExceeded
	}
}

// Alias is closed under another name.
func Alias(lines []string) (n int) {
	in, out := pipe()
	go func() {
		for _, line := range lines {
			in <- line
		}
		finish(in)
	}()
	for range out {
		n++
	}
	return n
}

func pipe() (chan<- string, <-chan string) {
	c := make(chan string)
	return c, c
}

func finish(c chan<- string) { close(c) }

// A stream is closed through its method, by whoever holds it.
type stream struct {
	lines chan string
	once  sync.Once
}

func (s *stream) end() { s.once.Do(func() { close(s.lines) }) }

// Lines reads a stream to its end.
func Lines(r io.Reader) (all []string) {
	s := &stream{lines: make(chan string)}
	go func() {
		scanner := bufio.NewScanner(r)
		for scanner.Scan() {
			s.lines <- scanner.Text()
		}
		s.end()
	}()
	for line := range s.lines {
		all = append(all, line)
	}
	return all
}

// Handed to code that isn't seen, which may close it.
func Handed(register func(chan int)) (n int) {
	c := make(chan int)
	register(c)
	go func() { c <- 1 }()
	for v := range c {
		n += v
	}
	return n
}

// Sink is the caller's to close.
func Sink(in chan int) (n int) {
	go func() { in <- 1 }()
	for v := range in {
		n += v
	}
	return n
}

// Shared lets others close what it makes.
type Shared struct{ Events chan string }

// NewShared starts one.
func NewShared() *Shared {
	s := &Shared{Events: make(chan string)}
	go func() {
		for e := range s.Events {
			log.Print(e)
		}
	}()
	s.Events <- "started"
	return s
}

// Ticks and contexts have channels that nobody closes.
func Ticks(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for range ticker.C {
		if ctx.Err() != nil {
			return
		}
	}
}

// Registry keeps channels in a map, closed or not.
type Registry struct{ subs map[string]chan string }

// Subscribe follows a topic.
func (r *Registry) Subscribe(topic string) {
	c := make(chan string)
	r.subs[topic] = c
	go func() {
		for e := range c {
			log.Print(e)
		}
	}()
	c <- topic
}

// Unsubscribe ends that.
func (r *Registry) Unsubscribe(topic string) { close(r.subs[topic]) }

type source interface{ Collect(chan<- int) }

// Collected is handed to a sender that isn't seen, which may close.
func Collected(s source) (n int) {
	c := make(chan int)
	go s.Collect(c)
	go func() { c <- 0 }()
	for v := range c {
		n += v
	}
	return n
}

// Received comes from elsewhere, to receive from only.
func Received(open func() <-chan int) (n int) {
	in := open()
	if in == nil {
		own := make(chan int, 1)
		own <- 1
		in = own
	}
	for v := range in {
		n += v
	}
	return n
}

// A backlog says how many jobs there are; below zero there are none.
type backlog interface {
	Size() (int, error)
	Next() (string, error)
}

// drainBacklog ends when there is nothing more and nobody is busy.
func drainBacklog(b backlog, threads int, do func(string)) error {
	jobs := make(chan string)
	ready, result := make(chan struct{}), make(chan error, 1)
	for range threads {
		go func() {
			for job := range jobs {
				do(job)
				ready <- struct{}{}
			}
		}()
	}
	go feedBacklog(b, jobs, ready, result)
	defer close(jobs)
	return <-result
}

func feedBacklog(b backlog, jobs chan<- string, ready <-chan struct{}, result chan<- error) {
	busy := 0
	for {
		size, err := b.Size()
		if err != nil || size == 0 && busy == 0 {
			for ; busy > 0; busy-- {
				<-ready
			}
			result <- err
			return
		}
		to, job := jobs, ""
		if size > 0 {
			if job, err = b.Next(); err != nil {
				continue
			}
		} else {
			to = nil
		}
		select {
		case to <- job:
			busy++
		case <-ready:
			busy--
		}
	}
}
