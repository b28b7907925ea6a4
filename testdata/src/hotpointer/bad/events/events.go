// Package events makes small values for somebody known only at run time, and
// keeps the last one by pointer.
package events

import "errors"

type event struct {
	name string
	size int
}

type sink interface{ handle(e *event) }

type counter struct{ total int }

func (c *counter) handle(e *event) { c.total += e.size }

type printer struct{ lines []string }

func (p *printer) handle(e *event) { p.lines = append(p.lines, e.name) }

var sinks = []sink{new(counter), new(printer)}

type bus struct {
	out sink
}

//goconclint:hot
func (b *bus) publish(names []string) {
	for _, name := range names {
		b.out.handle(&event{name, len(name)}) // want `b.out.handle takes a \*event of 24 bytes made on a hot path: one allocation per call`
	}
}

// A reading is set piece by piece before anybody sees it.
type reading struct {
	at    int64
	value float64
}

type station struct {
	last    *reading
	history []*reading
}

func newReading(at int64, value float64) *reading {
	r := new(reading)
	r.at = at
	if value > 0 {
		r.value = value
	}
	return r
}

// observe calls the constructor, which may be inlined: what it makes is kept
// all the same.
//
//goconclint:hot
func (s *station) observe(at int64, value float64) error {
	if at < 0 {
		return errors.New("no such time")
	}
	s.last = &reading{at, value} // want `s.last is a \*reading of 16 bytes made on a hot path: one allocation per assignment`
	s.history = append(s.history, newReading(at, value))
	return nil
}

func (s *station) mean() float64 {
	sum := s.last.value
	for _, r := range s.history {
		sum += r.value
	}
	return sum / float64(len(s.history)+1)
}
