// Package limits holds what the check doesn't see, and where it is wrong.
package limits

import "encoding/json"

// A Point is exported, and somewhere its pointers are compared.
type Point struct{ x, y int }

// Same does so.
func Same(a, b *Point) bool { return a == b }

// The address of a loop variable goes into a local slice; only pointers to
// literals are followed there.
//
//goconclint:hot
func FN_address(points []Point) (sum int) {
	var kept []*Point
	for _, p := range points {
		kept = append(kept, &p)
	}
	for _, p := range kept {
		sum += p.x
	}
	return sum
}

type token struct{ start, end int }

// The nil that goes with an error says no more than the error does.
//
//goconclint:hot
//go:noinline
func FN_nilWithError(text string) (*token, error) {
	if err := json.Unmarshal([]byte(text), new(any)); err != nil {
		return nil, err
	}
	return &token{0, len(text)}, nil
}

type cell struct{ a, b int }

// The element is set after it was added, but nobody reads it in between.
//
//goconclint:hot
func FN_setLate(n int) (sum int) {
	var cells []*cell
	for i := range n {
		c := &cell{}
		cells = append(cells, c)
		c.a = i
	}
	for _, c := range cells {
		sum += c.a
	}
	return sum
}

type pair struct{ a, b int }

// The slice is handed to a function that only reads it. The type is the
// package's own and mentioned in no exported function, but another function
// compares two of its pointers.
//
//goconclint:hot
func FN_otherUse(n int) int {
	var pairs []*pair
	for i := range n {
		pairs = append(pairs, &pair{i, i})
	}
	return sum(pairs)
}

func sum(pairs []*pair) (total int) {
	for _, p := range pairs {
		total += p.a
	}
	return total
}

func same(a, b *pair) bool { return a == b }

type vertex struct{ x, y int32 }

type mesh struct{ vertices []*vertex }

func (m *mesh) area() (sum int32) {
	for _, v := range m.vertices {
		sum += v.x * v.y
	}
	return sum
}

// The branch is taken once in a while, which neither its condition nor its
// end shows.
//
//goconclint:hot
func (m *mesh) FP_seldom(x, y int32) {
	if len(m.vertices) == 0 {
		m.vertices = append(m.vertices, &vertex{x, y}) // want `m.vertices is a \[\]\*vertex of 8-byte values built on a hot path`
	}
}
