package products

import (
	"context"
	"errors"
	"sync"
)

// A topic's subscription is closed while the topic, which has looked who is
// there, sends to it.
type Topic struct {
	mu    sync.Mutex
	seats map[*Seat]bool
}

type Seat struct {
	topic *Topic
	mail  chan string
}

func NewTopic() *Topic { return &Topic{seats: make(map[*Seat]bool)} }

func (t *Topic) Join(room int) *Seat {
	s := &Seat{topic: t, mail: make(chan string, room)}
	t.mu.Lock()
	t.seats[s] = true
	t.mu.Unlock()
	return s
}

func (t *Topic) Post(text string) {
	var here []*Seat
	t.mu.Lock()
	for s := range t.seats {
		here = append(here, s)
	}
	t.mu.Unlock()
	for _, s := range here {
		select { // want "sync race"
		case s.mail <- text:
		default:
		}
	}
}

func (s *Seat) Leave() {
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	if s.topic.seats[s] {
		delete(s.topic.seats, s)
		close(s.mail) // want "send on closed"
	}
}

// The same, sent under the lock.
type Forum struct {
	mu     sync.Mutex
	chairs map[*Chair]bool
}

type Chair struct {
	forum *Forum
	mail  chan string
}

func NewForum() *Forum { return &Forum{chairs: make(map[*Chair]bool)} }

func (f *Forum) Join(room int) *Chair {
	c := &Chair{forum: f, mail: make(chan string, room)}
	f.mu.Lock()
	f.chairs[c] = true
	f.mu.Unlock()
	return c
}

func (f *Forum) Post(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.chairs {
		select {
		case c.mail <- text:
		default:
		}
	}
}

func (c *Chair) Leave() {
	c.forum.mu.Lock()
	defer c.forum.mu.Unlock()
	if c.forum.chairs[c] {
		delete(c.forum.chairs, c)
		close(c.mail)
	}
}

// A word that refers to itself is looked up inside its own Once.
type Glossary struct {
	mu    sync.Mutex
	words map[string]*Word
	root  string
}

type Word struct {
	in   *Glossary
	name string
	once sync.Once
	text string
}

func NewGlossary(root string) *Glossary {
	return &Glossary{root: root, words: make(map[string]*Word)}
}

func (g *Glossary) Word(name string) *Word {
	g.mu.Lock()
	defer g.mu.Unlock()
	w, ok := g.words[name]
	if !ok {
		w = &Word{in: g, name: name}
		g.words[name] = w
	}
	return w
}

func (w *Word) Text() string {
	w.once.Do(func() { // want "once"
		w.text = w.name + w.in.Word(w.in.root).Text()
	})
	return w.text
}

// Started again, it closes the channel of the first time.
type Pump struct {
	mu   sync.Mutex
	on   bool
	stop chan struct{}
	f    func()
}

func NewPump(f func()) *Pump { return &Pump{f: f, stop: make(chan struct{})} }

func (p *Pump) Start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.on {
		return
	}
	p.on = true
	go p.work(p.stop)
}

func (p *Pump) work(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			p.f()
		}
	}
}

func (p *Pump) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.on {
		p.on = false
		close(p.stop) // want "double close"
	}
}

// This one makes a new channel each time.
type Valve struct {
	mu   sync.Mutex
	on   bool
	stop chan struct{}
	f    func()
}

func NewValve(f func()) *Valve { return &Valve{f: f} }

func (v *Valve) Start() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.on {
		return
	}
	v.on, v.stop = true, make(chan struct{})
	go v.work(v.stop)
}

func (v *Valve) work(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			v.f()
		}
	}
}

func (v *Valve) Stop() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.on {
		v.on = false
		close(v.stop)
	}
}

// Once may stop it, and only a value that is made anew starts again.
type Motor struct {
	on   bool
	once sync.Once
	stop chan struct{}
}

func NewMotor() *Motor { return &Motor{stop: make(chan struct{})} }

func (m *Motor) Start() { m.on = true }

func (m *Motor) Stop() {
	m.once.Do(func() {
		m.on = false
		close(m.stop)
	})
}

var errGone = errors.New("gone")

// Room's loop may have ended between the two sends.
type Room struct {
	enter chan int
	exit  chan int
	done  chan struct{}
}

func NewRoom() *Room {
	return &Room{make(chan int), make(chan int), make(chan struct{})}
}

func (r *Room) Run(ctx context.Context) {
	defer close(r.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.enter:
		case <-r.exit:
		}
	}
}

func (r *Room) Visit(id int, see func()) error {
	select {
	case r.enter <- id:
	case <-r.done:
		return errGone
	}
	see()
	r.exit <- id // want "send"
	return nil
}

// Hall's guests see that it was closed.
type Hall struct {
	enter chan int
	exit  chan int
	done  chan struct{}
}

func NewHall() *Hall {
	return &Hall{make(chan int), make(chan int), make(chan struct{})}
}

func (h *Hall) Run(ctx context.Context) {
	defer close(h.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.enter:
		case <-h.exit:
		}
	}
}

func (h *Hall) Visit(id int, see func()) error {
	select {
	case h.enter <- id:
	case <-h.done:
		return errGone
	}
	see()
	select {
	case h.exit <- id:
	case <-h.done:
	}
	return nil
}

// Desk's goroutine ends when its source fails, and nobody takes the order to
// stop.
type Desk struct {
	stop chan struct{}
	next func() (string, error)
}

func NewDesk(next func() (string, error)) *Desk {
	d := &Desk{stop: make(chan struct{}), next: next}
	go d.serve()
	return d
}

func (d *Desk) serve() {
	for {
		select {
		case <-d.stop:
			return
		default:
		}
		if _, err := d.next(); err != nil {
			return
		}
	}
}

func (d *Desk) Close() {
	d.stop <- struct{}{} // want "send"
}

// Booth can be opened again: another goroutine takes it then.
type Booth struct {
	stop chan struct{}
	next func() (string, error)
}

func NewBooth(next func() (string, error)) *Booth {
	b := &Booth{stop: make(chan struct{}), next: next}
	b.Open()
	return b
}

func (b *Booth) Open() { go b.serve() }

func (b *Booth) serve() {
	for {
		select {
		case <-b.stop:
			return
		default:
		}
		if _, err := b.next(); err != nil {
			return
		}
	}
}

func (b *Booth) Close() {
	b.stop <- struct{}{}
}

// Teller's question is answered by whom it keeps out.
type Teller struct {
	mu  sync.Mutex
	ask chan chan int
	put chan int
	n   int
}

func NewTeller() *Teller {
	c := &Teller{ask: make(chan chan int), put: make(chan int)}
	go c.count()
	return c
}

func (c *Teller) count() {
	for {
		select {
		case reply := <-c.ask:
			reply <- c.n
		case v := <-c.put:
			c.mu.Lock() // want "lock blocked"
			c.n += v
			c.mu.Unlock()
		}
	}
}

func (c *Teller) Put(v int) { c.put <- v }

func (c *Teller) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	reply := make(chan int, 1)
	c.ask <- reply // want "lock blocked"
	return <-reply
}

// Close is for one call; Open has nothing to do with that.
type Gauge struct {
	mu    sync.Mutex
	value int
	err   error
	quit  chan struct{}
}

func NewGauge() *Gauge { return &Gauge{quit: make(chan struct{})} }

func (g *Gauge) Open(v int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.value == 0 {
		g.value = v
	}
}

func (g *Gauge) Close(err error) {
	g.value, g.err = 0, err
	close(g.quit)
}

// Heap has room for more than there is memory.
type Heap struct {
	mu    sync.Mutex
	ready chan struct{}
	list  []string
}

func NewHeap() *Heap { return &Heap{ready: make(chan struct{}, 1<<50)} }

func (h *Heap) Push(s string) {
	h.mu.Lock()
	h.list = append(h.list, s)
	h.mu.Unlock()
	h.ready <- struct{}{}
}

func (h *Heap) Pop() string {
	if _, ok := <-h.ready; !ok {
		return ""
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.list[0]
	h.list = h.list[1:]
	return s
}

func (h *Heap) Close() { close(h.ready) }
