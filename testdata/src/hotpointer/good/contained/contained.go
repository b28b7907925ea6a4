// Package contained holds code that already does it right, or whose pointers
// cost nothing, and containers that hold several types.
package contained

import (
	"container/heap"
	"container/list"
	"fmt"
	"io"
)

type point struct{ x, y int }

//goconclint:hot
func diagonal(n int) (sum int) {
	points := make([]point, 0, n)
	for i := range n {
		points = append(points, point{i, i})
	}
	for i := range points {
		p := &points[i]
		p.x++
		sum += p.x + p.y
	}
	return sum
}

// The compiler keeps these on the stack: nothing is said of them.
//
//goconclint:hot
func onStack(x, y int) int {
	pair := []*point{{x, y}, {y, x}}
	p := &point{x, y}
	q := newPoint(x, y)
	return pair[0].x + p.y + q.x + norm(&point{x, y})
}

func newPoint(x, y int) *point { return &point{x, y} }

func norm(p *point) int { return p.x*p.x + p.y*p.y }

type item struct{ weight int }

type items []*item

func (s items) Len() int           { return len(s) }
func (s items) Less(a, b int) bool { return s[a].weight < s[b].weight }
func (s items) Swap(a, b int)      { s[a], s[b] = s[b], s[a] }
func (s *items) Push(x any)        { *s = append(*s, x.(*item)) }

func (s *items) Pop() any {
	last := len(*s) - 1
	x := (*s)[last]
	*s = (*s)[:last]
	return x
}

// A pointer fits into an interface as it is, and so do a map, a channel, a
// function, a small number and a constant.
//
//goconclint:hot
func boxed(queue *items, l *list.List, it *item, b byte) {
	heap.Push(queue, it)
	l.PushBack(it)
	l.PushBack(map[string]int{})
	l.PushBack(func() {})
	l.PushBack(b)
	l.PushBack("constant")
	l.PushBack(1 << 20)
	l.PushBack(struct{}{})
	var none io.Reader
	l.PushBack(none)
}

// These hold several types, go elsewhere, or are asked what they hold.
//
//goconclint:hot
func mixed(names []string, sizes []int) {
	var args, fields, asked []any
	for i, name := range names {
		args = append(args, name, sizes[i])
		fields = append(fields, name)
		asked = append(asked, sizes[i])
	}
	for _, f := range fields {
		fmt.Println(f)
	}
	for _, a := range asked {
		switch a := a.(type) {
		case int:
			println(a)
		}
	}
	fmt.Println(args...)
}

// A list that is spliced is a list for a reason.
type node struct {
	value int
	next  *node
}

type chain struct{ head *node }

func (c *chain) add(value int) { c.head = &node{value, c.head} }

func (c *chain) remove(value int) {
	for p := &c.head; *p != nil; p = &(*p).next {
		if (*p).value == value {
			*p = (*p).next
			return
		}
	}
}

//goconclint:hot
func (c *chain) sum() (sum int) {
	for n := c.head; n != nil; n = n.next {
		sum += n.value
	}
	return sum
}

// Scopes share their tails.
type scope struct {
	name  string
	outer *scope
}

func enter(outer *scope, name string) *scope { return &scope{name, outer} }

//goconclint:hot
func (s *scope) lookup(name string) bool {
	for ; s != nil; s = s.outer {
		if s.name == name {
			return true
		}
	}
	return false
}

// A frame is freed to a list of its own and used again.
type frame struct {
	size int
	next *frame
}

type machine struct{ running, free *frame }

func (m *machine) call(size int) {
	f := m.free
	if f == nil {
		f = &frame{}
	} else {
		m.free = f.next
	}
	f.size = size
	f.next = m.running
	m.running = f
}

//goconclint:hot
func (m *machine) depth() (n int) {
	for f := m.running; f != nil; f = f.next {
		n++
	}
	return n
}

// The pointer to an interface is how the error gets out.
//
//goconclint:hot
func capture(err *error, n int) {
	if n < 0 {
		*err = io.ErrUnexpectedEOF
	}
}

// wrapped is deferred, to see the error as it is in the end.
//
//goconclint:hot
func wrapped(err *error) int {
	if *err != nil {
		return 1
	}
	return 0
}

func use() (err error) {
	defer wrapped(&err)
	capture(&err, 1)
	return err
}

// A tail is handed out and kept, and so is a second head.
type rest struct {
	value int
	next  *rest
}

type twoHeads struct{ all, late *rest }

func (r *rest) tail() *rest { return r.next }

func (t *twoHeads) push(value int) {
	t.all = &rest{value, t.all}
	if value > 10 {
		t.late = t.all
	}
}

//goconclint:hot
func (t *twoHeads) sum() (sum int) {
	for r := t.all; r != nil; r = r.next {
		sum += r.value
	}
	return sum
}

// Frozen lists grow in front of each other.
type frozen struct {
	value int
	next  *frozen
}

func with(f *frozen, value int) *frozen {
	n := &frozen{value: value}
	n.next = f
	return n
}

//goconclint:hot
func total(f *frozen) (sum int) {
	for ; f != nil; f = f.next {
		sum += f.value
	}
	return sum
}
