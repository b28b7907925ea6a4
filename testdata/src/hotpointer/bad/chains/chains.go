// Package chains walks linked lists that slices could stand for.
package chains

type edge struct {
	to     int
	weight float64
	next   *edge
}

type graph struct {
	out []vertex
}

type vertex struct {
	edges *edge
}

func (g *graph) connect(from, to int, weight float64) {
	g.out[from].edges = &edge{to: to, weight: weight, next: g.out[from].edges}
}

//goconclint:hot
func (g *graph) cheapest(from int) float64 {
	best := 0.0
	for e := g.out[from].edges; e != nil; e = e.next { // want `e.next steps through a list of 24-byte nodes on a hot path: one allocation per node, a load to wait for per step`
		best = min(best, e.weight)
	}
	return best
}

type line struct {
	text string
	next *line
}

type log struct {
	first, last *line
}

// add pushes at the end.
func (l *log) add(text string) {
	entry := &line{text: text}
	if l.last == nil {
		l.first = entry
	} else {
		l.last.next = entry
	}
	l.last = entry
}

// drop pops from the head.
func (l *log) drop() {
	l.first = l.first.next
	if l.first == nil {
		l.last = nil
	}
}

//goconclint:hot
func (l *log) size() int {
	n := 0
	entry := l.first
	for entry != nil {
		n += len(entry.text)
		entry = entry.next // want `entry.next steps through a list of 24-byte nodes on a hot path`
	}
	return n
}

// A cell is handed from the function that builds the list to one that walks
// it.
type cell struct {
	value int
	next  *cell
}

func build(n int) *cell {
	var head *cell
	for i := range n {
		head = &cell{i, head}
	}
	return head
}

//goconclint:hot
func sum(head *cell) (sum int) {
	for c := head; c != nil; c = c.next { // want `c.next steps through a list of 16-byte nodes on a hot path`
		sum += c.value
	}
	return sum
}

func sumUp(n int) int { return sum(build(n)) }
