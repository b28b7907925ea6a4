package programs

import (
	"fmt"
	"log"
	"sync"
)

// meter has a text that is made under its lock.
type meter struct {
	mu sync.Mutex
	n  int
}

func (m *meter) String() string {
	m.mu.Lock() // want "relock"
	defer m.mu.Unlock()
	return fmt.Sprint(m.n)
}

func MeterNamedUnderLock(m *meter) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return fmt.Sprintf("meter %s at %d", m, m.n)
}

// gauge is the same, of which only the type, the address or the number are
// asked for.
type gauge struct {
	mu sync.Mutex
	n  int
}

func (g *gauge) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return fmt.Sprint(g.n)
}

func GaugeTypeUnderLock(g *gauge) {
	g.mu.Lock()
	defer g.mu.Unlock()
	log.Printf("100%% of %T at %p", g, g)
}

func GaugeNumberUnderLock(g *gauge) {
	g.mu.Lock()
	defer g.mu.Unlock()
	log.Printf("%d", g)
}

// dial has a method for all verbs, which needs no lock.
type dial struct {
	mu sync.Mutex
	n  int
}

func (d *dial) Format(f fmt.State, verb rune) { fmt.Fprint(f, "dial") }

func (d *dial) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return fmt.Sprint(d.n)
}

func DialUnderLock(d *dial) {
	d.mu.Lock()
	defer d.mu.Unlock()
	log.Println("at", d)
}

// clock has a text for programmers.
type clockwork struct {
	mu sync.Mutex
	n  int
}

func (c *clockwork) GoString() string {
	c.mu.Lock() // want "relock"
	defer c.mu.Unlock()
	return fmt.Sprint(c.n)
}

func ClockworkUnderLock(c *clockwork) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Errorf("stopped: %#v", c)
}

func ClockworkByValue(c *clockwork) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Errorf("stopped: %v", c.n)
}

// fault is an error that tells how often it was seen.
type fault struct {
	mu   sync.Mutex
	seen int
}

func (f *fault) Error() string {
	f.mu.Lock() // want "relock"
	defer f.mu.Unlock()
	f.seen++
	return "fault"
}

func (f *fault) String() string { return "fault" }

func FaultWrapped(f *fault) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return fmt.Errorf("wrapped: %w", f)
}

type reading struct {
	value int
	unit  string
}

func ReadingPrinted() string {
	r := &reading{unit: "m"}
	go func() {
		r.value = 3 // want "race"
	}()
	return fmt.Sprintf("%+v", r)
}

func ReadingAddress() string {
	r := &reading{unit: "m"}
	go func() {
		r.value = 3
	}()
	return fmt.Sprintf("%p", r)
}

// label says how it is called, or why it can't: no text for package fmt, which
// prints its fields, but a method all the same.
type label struct {
	mu   sync.Mutex
	text string
}

func (l *label) String() (string, error) {
	l.mu.Lock() // want "relock"
	defer l.mu.Unlock()
	return l.text, nil
}

type namer interface{ String() (string, error) }

func LabelUnderLock(l *label) {
	log.Println(l)
	var n namer = l
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = n.String()
}
