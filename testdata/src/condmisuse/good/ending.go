package good

import "sync"

// outbox has one goroutine that empties it, which Signal wakes.
type outbox struct {
	mu      sync.Mutex
	filled  *sync.Cond
	letters []string
	closed  bool
	send    func(string)
}

func newOutbox(send func(string)) *outbox {
	o := &outbox{send: send}
	o.filled = sync.NewCond(&o.mu)
	go o.empty()
	return o
}

func (o *outbox) post(letter string) {
	o.mu.Lock()
	o.letters = append(o.letters, letter)
	o.mu.Unlock()
	o.filled.Signal()
}

func (o *outbox) take() (letters []string, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.letters) == 0 && !o.closed {
		o.filled.Wait()
	}
	letters, o.letters = o.letters, nil
	return letters, len(letters) > 0
}

func (o *outbox) empty() {
	for {
		letters, ok := o.take()
		if !ok {
			return
		}
		for _, letter := range letters {
			o.send(letter)
		}
	}
}

func (o *outbox) close() {
	o.mu.Lock()
	o.closed = true
	o.mu.Unlock()
	o.filled.Signal()
}

// turnstile lets one of its many visitors in for each push, who resets it.
type turnstile struct {
	mu     sync.Mutex
	pushed *sync.Cond
	open   bool
}

func (t *turnstile) pass() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for !t.open {
		t.pushed.Wait()
	}
	t.open = false
}

func (t *turnstile) push() {
	t.mu.Lock()
	t.open = true
	t.mu.Unlock()
	t.pushed.Signal()
}

func visit(t *turnstile, visitors int) {
	for range visitors {
		go t.pass()
	}
}

// baton wakes one, who wakes the next.
type baton struct {
	mu   sync.Mutex
	runs *sync.Cond
	done bool
}

func (r *baton) wait() {
	r.mu.Lock()
	for !r.done {
		r.runs.Wait()
	}
	r.mu.Unlock()
	r.runs.Signal()
}

func (r *baton) finish() {
	r.mu.Lock()
	r.done = true
	r.mu.Unlock()
	r.runs.Signal()
}

func relayRace(runners int) {
	r := &baton{}
	r.runs = sync.NewCond(&r.mu)
	for range runners {
		go r.wait()
	}
	r.finish()
}
