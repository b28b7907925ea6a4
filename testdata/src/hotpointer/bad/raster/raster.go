// Package raster builds and reads slices and maps of small values by pointer.
package raster

import (
	"image"
	"slices"
	"sort"
)

type point struct{ x, y int }

func (p point) norm() int { return p.x*p.x + p.y*p.y }

//goconclint:hot
func diagonal(n int) int {
	var points []*point
	for i := range n {
		points = append(points, &point{i, i}) // want `points is a \[\]\*point of 16-byte values built on a hot path: one allocation per element, a pointer to follow per visit`
	}
	sum := 0
	for _, p := range points {
		sum += p.x + p.y
	}
	return sum
}

// nearest holds another package's type, which is nobody's business here.
//
//goconclint:hot
func nearest(xs, ys []int) image.Point {
	points := make([]*image.Point, 0, len(xs))
	for i, x := range xs {
		p := &image.Point{X: x, Y: ys[i]}
		points = append(points, p) // want `points is a \[\]\*image.Point of 16-byte values built on a hot path: one allocation per element$`
	}
	sort.Slice(points, func(i, j int) bool {
		return points[i].X*points[i].X < points[j].X*points[j].X
	})
	if len(points) == 0 {
		return image.Point{}
	}
	return *points[0]
}

// farthest orders by a function that is given the pointers.
//
//goconclint:hot
func farthest(xs []int) int {
	points := make([]*point, len(xs))
	for i, x := range xs {
		points[i] = &point{x, i} // want `points is a \[\]\*point of 16-byte values built on a hot path: one allocation per element$`
	}
	slices.SortFunc(points, func(a, b *point) int { return a.norm() - b.norm() })
	last := points[len(points)-1]
	return last.norm()
}

//goconclint:hot
func histogram(words []string) int {
	seen := make(map[string]*[2]int)
	for i, word := range words {
		if _, ok := seen[word]; ok {
			continue
		}
		seen[word] = &[2]int{i, len(word)} // want `seen is a map\[string\]\*\[2\]int of 16-byte values built on a hot path: one allocation per entry, a pointer to follow per visit`
	}
	longest := 0
	for _, entry := range seen {
		longest = max(longest, (*entry)[1])
	}
	return longest
}

// shift swaps elements in place.
//
//goconclint:hot
func shift(n int) int {
	ring := []*point{}
	for i := range n {
		ring = append(ring, new(point{i, -i})) // want `ring is a \[\]\*point of 16-byte values built on a hot path`
	}
	for i := 1; i < len(ring); i++ {
		ring[i-1], ring[i] = ring[i], ring[i-1]
	}
	ring = ring[:n/2]
	return len(ring) + ring[0].x
}

// visible keeps copies of what it is given, by their addresses.
//
//goconclint:hot
func visible(corners []corner) (sum int) {
	var kept []*corner
	for _, c := range corners {
		kept = append(kept, &c) // want `kept is a \[\]\*corner of 16-byte values built on a hot path: one allocation per element, a pointer to follow per visit`
	}
	for _, c := range kept {
		sum += c.x
	}
	return sum
}

type corner struct{ x, y int }

// A Palette is exported, and so is the type of its entries, but only this
// package sees the field.
type Palette struct {
	entries []*Entry
}

// An Entry is one colour of a palette.
type Entry struct {
	Name  string
	Value uint32
}

// NewPalette is called once.
func NewPalette(names []string) *Palette {
	p := new(Palette)
	for i, name := range names {
		p.entries = append(p.entries, &Entry{name, uint32(i)})
	}
	return p
}

// Find is called for each pixel.
//
//goconclint:hot
func (p *Palette) Find(value uint32) string {
	for _, entry := range p.entries { // want `p.entries is a \[\]\*Entry of 24-byte values walked on a hot path: a pointer to follow per visit`
		if entry.Value == value {
			return entry.Name
		}
	}
	return ""
}
