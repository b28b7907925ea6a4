package good

import (
	"fmt"
	"sync"
)

// Plant counts its machines while it is set up.
type Plant struct {
	mu       sync.Mutex
	machines []string
	number   int

	done int // by run alone
}

func (p *Plant) install(machine string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.number++
	p.machines = append(p.machines, machine)
}

func NewPlant(machines ...string) *Plant {
	p := new(Plant)
	for _, machine := range machines {
		p.install(machine)
	}
	return p
}

func (p *Plant) Names() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.machines...)
}

func (p *Plant) String() string { return fmt.Sprint(p.Names(), " of ", p.number) }

// Hall has a number that a method sets before others know the hall.
type Hall struct {
	mu    sync.Mutex
	seats int
	taken map[int]bool
}

func (h *Hall) Build(seats int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seats = seats
	h.taken = make(map[int]bool)
}

func (h *Hall) Taken() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.taken)
}

func (h *Hall) Free() int { return h.seats - h.Taken() }
