package good

import "sync"

// Calls answers each of those who wait once, and has room for it: what it puts
// in their place nobody reads.
type Calls struct {
	mu      sync.Mutex
	waiting map[int]chan<- error
}

func (c *Calls) begin(id int, answer chan<- error) {
	if cap(answer) == 0 {
		panic("no room for an answer")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting[id] = answer
}

func (c *Calls) end(id int) chan<- error {
	c.mu.Lock()
	defer c.mu.Unlock()
	answer := c.waiting[id]
	delete(c.waiting, id)
	return answer
}

func (c *Calls) failAll(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, answer := range c.waiting {
		answer <- err
		c.waiting[id] = make(chan<- error, 1)
	}
}

// Call waits for its answer.
func (c *Calls) Call(id int, send func(id int) error) error {
	answer := make(chan error, 1)
	c.begin(id, answer)
	if err := send(id); err != nil {
		c.end(id) <- err
	}
	return <-answer
}

// Answer returns room for one answer.
func Answer() chan error { return make(chan error, 1) }

// Cancel answers a call before its time.
func (c *Calls) Cancel(id int, err error) { c.end(id) <- err }
