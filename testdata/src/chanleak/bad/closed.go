package bad

import "time"

// gauge has a loop that nobody can stop: Stop forgets the channel.
type gauge struct {
	stop  chan struct{}
	ticks chan int
	value int
	drop  chan int
}

func newGauge() *gauge {
	g := &gauge{stop: make(chan struct{}), ticks: make(chan int, 1)}
	g.drop = make(chan int)
	return g
}

func (g *gauge) poll(every time.Duration) {
	for {
		select {
		case n := <-g.ticks:
			g.value += n
		case <-g.stop: // want `g.stop is received from here, but nothing in the package sends on it or closes it: this case is never chosen`
			return
		}
	}
}

func (g *gauge) Tick(n int) { g.ticks <- n }

func (g *gauge) Drop(n int) {
	g.drop <- n // want `g.drop is sent on here, and nothing in the package receives from it: the send waits for ever`
}

var ready = make(chan struct{})

func awaitReady() {
	<-ready // want `ready is received from here, but nothing in the package sends on it or closes it: it waits for ever`
}
