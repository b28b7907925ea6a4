// Package queued holds requests in queues that nobody waits for in vain.
package queued

import (
	"errors"
	"io"
	"sync"
)

var errClosed = errors.New("closed")

type entry struct {
	text string
	done chan error
}

// A journal answers what is left when it is told to stop.
type journal struct {
	out   io.Writer
	queue chan *entry
	stop  chan struct{}
}

func openJournal(out io.Writer) *journal {
	j := &journal{out: out, queue: make(chan *entry, 128), stop: make(chan struct{})}
	go j.run()
	return j
}

func (j *journal) run() {
	for {
		select {
		case e := <-j.queue:
			_, err := io.WriteString(j.out, e.text)
			e.done <- err
		case <-j.stop:
			j.refuse()
			return
		}
	}
}

func (j *journal) refuse() {
	for {
		select {
		case e := <-j.queue:
			e.done <- errClosed
		default:
			return
		}
	}
}

func (j *journal) Append(text string) error {
	e := &entry{text: text, done: make(chan error, 1)}
	j.queue <- e
	return <-e.done
}

func (j *journal) Close() { close(j.stop) }

// A ledger defers that.
type posting struct {
	amount int
	sum    chan int
}

type ledger struct {
	postings chan posting
	balanced chan struct{}
	total    int
}

func newLedger() *ledger {
	l := &ledger{postings: make(chan posting, 8), balanced: make(chan struct{})}
	go l.run()
	return l
}

func (l *ledger) Balance() { close(l.balanced) }

func (l *ledger) run() {
	defer func() {
		for len(l.postings) > 0 {
			p := <-l.postings
			p.sum <- l.total
		}
	}()
	for {
		select {
		case <-l.balanced:
			return
		case p := <-l.postings:
			l.total += p.amount
			p.sum <- l.total
		}
	}
}

func (l *ledger) Post(amount int) int {
	p := posting{amount, make(chan int, 1)}
	l.postings <- p
	return <-p.sum
}

// Who asks a clerk hears of its end.
type form struct{ stamped chan string }

type clerk struct {
	forms chan *form
	quit  chan struct{}
	gone  chan struct{}
}

func newClerk() *clerk {
	c := &clerk{forms: make(chan *form, 4), quit: make(chan struct{}), gone: make(chan struct{})}
	go c.work()
	return c
}

func (c *clerk) work() {
	defer close(c.gone)
	for {
		select {
		case <-c.quit:
			return
		case f := <-c.forms:
			f.stamped <- "stamped"
		}
	}
}

func (c *clerk) Stamp() (string, error) {
	f := &form{stamped: make(chan string, 1)}
	c.forms <- f
	select {
	case text := <-f.stamped:
		return text, nil
	case <-c.gone:
		return "", errClosed
	}
}

func (c *clerk) Quit() { close(c.quit) }

// A guide takes one question at a time off the channel, without room for more.
type question struct{ answer chan string }

type guide struct {
	questions chan question
	leave     chan struct{}
}

func newGuide() *guide {
	g := &guide{questions: make(chan question), leave: make(chan struct{})}
	go g.lead()
	return g
}

func (g *guide) lead() {
	for {
		select {
		case <-g.leave:
			return
		case q := <-g.questions:
			q.answer <- "left"
		}
	}
}

func (g *guide) Ask() string {
	q := question{make(chan string)}
	g.questions <- q
	return <-q.answer
}

func (g *guide) Leave() { close(g.leave) }

// A printer waits for all jobs before it stops the loop, and a plotter holds a
// lock meanwhile.
type job struct{ printed chan error }

type printer struct {
	jobs  chan *job
	off   chan struct{}
	under sync.WaitGroup
}

func newPrinter() *printer {
	p := &printer{jobs: make(chan *job, 4), off: make(chan struct{})}
	go p.run()
	return p
}

func (p *printer) run() {
	for {
		select {
		case <-p.off:
			return
		case j := <-p.jobs:
			j.printed <- nil
		}
	}
}

func (p *printer) Print() error {
	p.under.Add(1)
	defer p.under.Done()
	j := &job{make(chan error, 1)}
	p.jobs <- j
	return <-j.printed
}

func (p *printer) Close() {
	p.under.Wait()
	close(p.off)
}

type sheet struct{ drawn chan error }

type plotter struct {
	mu     sync.RWMutex
	sheets chan *sheet
	off    chan struct{}
}

func newPlotter() *plotter {
	p := &plotter{sheets: make(chan *sheet, 4), off: make(chan struct{})}
	go p.run()
	return p
}

func (p *plotter) run() {
	for {
		select {
		case <-p.off:
			return
		case s := <-p.sheets:
			s.drawn <- nil
		}
	}
}

func (p *plotter) Draw() error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	s := &sheet{make(chan error, 1)}
	p.sheets <- s
	return <-s.drawn
}

func (p *plotter) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.off)
}

// A kitchen takes what is left when its door is closed: a range goes on until
// the queue is empty.
type order struct{ served chan string }

type kitchen struct{ orders chan *order }

func newKitchen() *kitchen {
	k := &kitchen{orders: make(chan *order, 4)}
	go k.cook()
	return k
}

func (k *kitchen) cook() {
	for o := range k.orders {
		o.served <- "soup"
	}
}

func (k *kitchen) Order() string {
	o := &order{make(chan string, 1)}
	k.orders <- o
	return <-o.served
}

func (k *kitchen) Close() { close(k.orders) }

// A gate's Close answers what its keeper leaves.
type visitor struct{ let chan bool }

type gate struct {
	visitors chan *visitor
	shut     chan struct{}
}

func newGate() *gate {
	g := &gate{visitors: make(chan *visitor, 4), shut: make(chan struct{})}
	go g.keep()
	return g
}

func (g *gate) keep() {
	for {
		select {
		case <-g.shut:
			return
		case v := <-g.visitors:
			v.let <- true
		}
	}
}

func (g *gate) Enter() bool {
	v := &visitor{make(chan bool, 1)}
	g.visitors <- v
	return <-v.let
}

func (g *gate) Close() {
	close(g.shut)
	for {
		select {
		case v := <-g.visitors:
			v.let <- false
		default:
			return
		}
	}
}

// One of several tellers leaves the queue to the others.
type customer struct{ paid chan int }

type bank struct {
	queue chan *customer
	cash  func() (int, error)
}

func newBank(tellers int, cash func() (int, error)) *bank {
	b := &bank{queue: make(chan *customer, 4), cash: cash}
	for range tellers {
		go b.teller()
	}
	return b
}

func (b *bank) teller() {
	for {
		c := <-b.queue
		n, err := b.cash()
		c.paid <- n
		if err != nil {
			return
		}
	}
}

func (b *bank) Withdraw() int {
	c := &customer{make(chan int, 1)}
	b.queue <- c
	return <-c.paid
}

// A Scheduler's Do hears that Run has ended.
type Scheduler struct {
	tasks chan task
	quit  chan struct{}
	ended chan struct{}
}

type task struct {
	run  func() error
	done chan<- error
}

func NewScheduler() *Scheduler {
	return &Scheduler{tasks: make(chan task, 32), quit: make(chan struct{}), ended: make(chan struct{})}
}

func (s *Scheduler) Run() {
	defer close(s.ended)
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

func (s *Scheduler) Do(f func() error) error {
	done := make(chan error, 1)
	s.tasks <- task{f, done}
	select {
	case err := <-done:
		return err
	case <-s.ended:
		return errClosed
	}
}
