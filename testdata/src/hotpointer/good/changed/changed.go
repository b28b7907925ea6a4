// Package changed holds small values that are changed through pointers, so
// that a copy would be another value.
package changed

type counter struct{ hits, misses int }

// account changes what the map holds.
//
//goconclint:hot
func account(words []string) int {
	counters := make(map[string]*counter)
	for i, word := range words {
		c := counters[word]
		if c == nil {
			c = &counter{}
			counters[word] = c
		}
		c.hits += i
	}
	return len(counters)
}

// fill changes the elements in a second loop.
//
//goconclint:hot
func fill(n int) int {
	var counters []*counter
	for range n {
		counters = append(counters, &counter{})
	}
	for i, c := range counters {
		c.hits = i
	}
	return counters[0].hits
}

// late changes each element after it was added.
//
//goconclint:hot
func late(n int) int {
	var counters []*counter
	for i := range n {
		c := &counter{}
		counters = append(counters, c)
		c.misses = i
	}
	return counters[0].misses
}

// bump changes them by a method.
//
//goconclint:hot
func bump(n int) int {
	var counters []*counter
	for i := range n {
		counters = append(counters, &counter{hits: i})
	}
	for _, c := range counters {
		c.hit()
	}
	return counters[0].hits
}

func (c *counter) hit() { c.hits++ }

type vector [2]float64

// scale changes an element of the array behind the pointer.
//
//goconclint:hot
func scale(n int) float64 {
	var vectors []*vector
	for range n {
		vectors = append(vectors, &vector{1, 2})
	}
	for _, v := range vectors {
		v[0] *= 2
	}
	return vectors[0][0]
}

// A gauge's field hands out its own address.
type gauge struct{ value int }

type panel struct{ gauges []*gauge }

//goconclint:hot
func (p *panel) add(value int) *int {
	g := &gauge{value}
	p.gauges = append(p.gauges, g)
	return &g.value
}

// A limit is replaced as a whole, through the pointer.
type limit struct{ low, high int }

type control struct{ limits []*limit }

//goconclint:hot
func (c *control) allow(low, high int) {
	c.limits = append(c.limits, &limit{low, high})
}

func (c *control) widen() {
	for _, l := range c.limits {
		*l = limit{l.low - 1, l.high + 1}
	}
}

// A cursor is changed by a function that gets it.
type cursor struct{ row, column int }

type screen struct{ cursors []*cursor }

//goconclint:hot
func (s *screen) show(row int) { s.cursors = append(s.cursors, &cursor{row: row}) }

func (s *screen) home() {
	for _, c := range s.cursors {
		move(c, 0)
	}
}

func move(c *cursor, row int) { c.row = row }
