// Package once has init functions that start goroutines: each runs once, and
// what it sets it sets before.
package once

import "time"

var now time.Time

func init() {
	now = time.Now()
	go func() {
		for {
			tick()
			time.Sleep(100 * time.Millisecond)
		}
	}()
}

func tick() { now = now.Add(100 * time.Millisecond) }

type consumer struct{ wants chan string }

var consumers struct {
	register chan consumer
	all      map[consumer]bool
	write    chan string
}

func init() {
	consumers.register = make(chan consumer)
	consumers.all = make(map[consumer]bool)
	consumers.write = make(chan string)
	go func() {
		for {
			select {
			case c := <-consumers.register:
				consumers.all[c] = true
			case line := <-consumers.write:
				for c := range consumers.all {
					c.wants <- line
				}
			}
		}
	}()
}

func subscribe() consumer {
	c := consumer{make(chan string, 1)}
	consumers.register <- c
	return c
}

func init() {
	subscribe()
}

// Next returns the next line.
func Next() string { return <-subscribe().wants }
