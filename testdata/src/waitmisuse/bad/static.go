package bad

import "sync"

// parker counts up and never down.
type parker struct{ idle sync.WaitGroup }

func (p *parker) park() {
	p.idle.Add(1)
	p.idle.Wait() // want `p.idle.Wait waits here for ever: nothing in the package calls Done`
}
