// Package queued holds requests that are left in a queue by the goroutine that
// answers them.
package queued

import (
	"errors"
	"io"
	"time"
)

// A journal writes entries in the order in which they come.
type entry struct {
	text string
	done chan error
}

type journal struct {
	out   io.Writer
	queue chan *entry
	stop  chan struct{}
	ended chan struct{}
}

func openJournal(out io.Writer) *journal {
	j := &journal{out: out, queue: make(chan *entry, 128), stop: make(chan struct{}), ended: make(chan struct{})}
	go j.run()
	return j
}

// run leaves what is queued when it is told to stop.
func (j *journal) run() {
	defer close(j.ended)
	for {
		select {
		case e := <-j.queue:
			_, err := io.WriteString(j.out, e.text)
			e.done <- err
		case <-j.stop:
			return
		}
	}
}

func (j *journal) Append(text string) error {
	e := &entry{text: text, done: make(chan error, 1)}
	select {
	case j.queue <- e:
	case <-j.ended:
		return errors.New("closed")
	}
	return <-e.done // want `the goroutine started at queued.go:\d+ may return with requests left in queue: who waits here then waits for ever`
}

func (j *journal) Close() {
	close(j.stop)
	<-j.ended
}

// Thumbnails are made by several workers, which all end when they are told to.
type sizing struct {
	name   string
	result chan []byte
}

type sizer struct {
	work    chan sizing
	closing chan struct{}
	make    func(string) []byte
}

func newSizer(workers, room int, f func(string) []byte) *sizer {
	s := &sizer{work: make(chan sizing, room), closing: make(chan struct{}), make: f}
	for range workers {
		go s.worker()
	}
	return s
}

func (s *sizer) Close() { close(s.closing) }

func (s *sizer) worker() {
	for {
		select {
		case <-s.closing:
			return
		case w := <-s.work:
			s.size(w)
		}
	}
}

func (s *sizer) size(w sizing) { w.result <- s.make(w.name) }

func (s *sizer) Thumbnail(name string) []byte {
	w := sizing{name: name, result: make(chan []byte, 1)}
	s.work <- w
	return <-w.result // want `the goroutine started at queued.go:\d+ may return with requests left in work`
}

// A session ends when its peer is gone, and forgets who hasn't been served.
type command struct {
	line  string
	reply chan string
}

type session struct {
	commands chan *command
	peer     interface {
		Ask(line string) (string, error)
	}
}

func newSession(s *session) *session {
	s.commands = make(chan *command, 16)
	go s.serve()
	return s
}

func (s *session) serve() {
	idle := time.NewTicker(time.Minute)
	defer idle.Stop()
	for {
		c := <-s.commands
		text, err := s.peer.Ask(c.line)
		c.reply <- text
		if err != nil {
			return
		}
	}
}

func (s *session) Do(line string) string {
	c := &command{line: line, reply: make(chan string)}
	s.commands <- c
	return <-c.reply // want `may return with requests left in commands`
}

// A Scheduler's loop is its user's to run.
type Scheduler struct {
	tasks chan task
	quit  chan struct{}
}

type task struct {
	run  func() error
	done chan<- error
}

func NewScheduler() *Scheduler {
	return &Scheduler{tasks: make(chan task, 32), quit: make(chan struct{})}
}

// Run runs tasks until Quit is called.
func (s *Scheduler) Run() {
	for {
		select {
		case <-s.quit:
			return
		case t := <-s.tasks:
			t.done <- t.run()
		}
	}
}

func (s *Scheduler) Quit() { close(s.quit) }

// Do waits by the channel's own name.
func (s *Scheduler) Do(f func() error) error {
	done := make(chan error, 1)
	s.tasks <- task{f, done}
	return <-done // want `Run may return with requests left in tasks: who waits here then waits for ever`
}
