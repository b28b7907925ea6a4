// Package fix holds slices and maps whose pointers become values.
package fix

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
		points = append(points, &point{i, i}) // want `points is a`
	}
	sum := 0
	for _, p := range points {
		sum += p.x + p.y
	}
	return sum
}

//goconclint:hot
func made(xs []int) int {
	points := make([]*point, 0, len(xs))
	for _, x := range xs {
		p := &point{x: x}          // a comment that stays
		points = append(points, p) // want `points is a`
	}
	points = append(points[:0], new(point), new(point{1, 2}))
	sort.Slice(points, func(i, j int) bool { return points[i].x < points[j].x })
	slices.SortFunc(points, func(a, b *point) int { return a.norm() - b.norm() })
	last := points[len(points)-1]
	whole := *points[0]
	points[0], points[1] = points[1], points[0]
	points[0] = &point{last.x, whole.y}
	return (*points[1]).norm()
}

//goconclint:hot
func literal(n int) int {
	points := []*image.Point{{X: n}, &image.Point{Y: n}}
	for _, p := range points {
		n += p.X
	}
	points[0] = new(image.Point) // want `points is a`
	return n + (*points[1]).Y
}

//goconclint:hot
func entries(words []string) (n int) {
	seen := map[string]*[2]int{}
	for i, word := range words {
		if entry, ok := seen[word]; ok {
			n += entry[0]
			continue
		}
		seen[word] = &[2]int{i, len(word)} // want `seen is a`
	}
	delete(seen, "")
	for _, entry := range seen {
		copied := *entry
		n += copied[1]
	}
	return n + len(seen)
}
