package good

import "sync"

// Locked sends under the lock under which it closes.
type Locked struct {
	mu     sync.RWMutex
	items  chan int
	closed bool
	sum    int
}

func (l *Locked) Add(n int) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return false
	}
	l.send(n)
	return true
}

func (l *Locked) send(n int) {
	select {
	case l.items <- n:
	default:
	}
}

func (l *Locked) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.closed = true
		close(l.items)
	}
}

// Replies are taken out of the map by whoever answers: it has them alone.
type Replies struct {
	mu      sync.Mutex
	waiting map[int]*reply
}

type reply struct{ text chan string }

func (r *Replies) Wait(id int) string {
	w := &reply{text: make(chan string, 1)}
	r.mu.Lock()
	r.waiting[id] = w
	r.mu.Unlock()
	return <-w.text
}

func (r *Replies) take(id int) *reply {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := r.waiting[id]
	delete(r.waiting, id)
	return w
}

func (r *Replies) Answer(id int, text string) {
	if w := r.take(id); w != nil {
		w.text <- text
	}
}

func (r *Replies) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, w := range r.waiting {
		delete(r.waiting, id)
		close(w.text)
	}
}

// Pump closes what it alone sends on.
type Pump struct {
	mu    sync.Mutex
	out   chan int
	ended bool
	next  func() (int, bool)
}

func NewPump(next func() (int, bool)) *Pump {
	p := &Pump{out: make(chan int), next: next}
	go p.run()
	return p
}

func (p *Pump) run() {
	for {
		n, ok := p.next()
		if !ok {
			p.mu.Lock()
			p.ended = true
			close(p.out)
			p.mu.Unlock()
			return
		}
		p.out <- n
	}
}

func (p *Pump) Ended() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended
}

// Waits lets those who send finish before it closes.
type Waits struct {
	mu      sync.Mutex
	closed  bool
	senders sync.WaitGroup
	items   chan int
}

func (w *Waits) Add(n int) {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return
	}
	w.senders.Add(1)
	w.mu.Unlock()
	defer w.senders.Done()
	w.items <- n
}

func (w *Waits) Close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.senders.Wait()
	close(w.items)
}
