// Package profiled is hot where a profile says so: the comments behind its
// lines are made one.
package profiled

type point struct{ x, y int }

// wide is more than four words long: only a measurement speaks for values.
type wide struct{ a, b, c, d, e, f int }

type grid struct {
	points []*point
	wides  []*wide
	rare   []*point
}

func (g *grid) fill(n int) {
	for i := range n {
		g.points = append(g.points, &point{i, i}) // takes 30 in memory // want `g.points is a \[\]\*point of 16-byte values built on a hot path: one allocation per element, a pointer to follow per visit \(memory: 30.3 % of CPU time\)`
	}
	for i := range n {
		g.wides = append(g.wides, &wide{a: i}) // takes 20 in memory // want `g.wides is a \[\]\*wide of 48-byte values built on a hot path: one allocation per element \(memory: 20.2 % of CPU time\)`
	}
	if n < 0 {
		g.rare = append(g.rare, &point{}) // not seen by the profile
	}
}

func (g *grid) sum() int {
	sum := 0
	for _, p := range g.points {
		sum += p.x + p.y // takes 48
	}
	return sum
}

func (g *grid) cold(n int) []*point {
	var points []*point
	for i := range n {
		points = append(points, &point{i, i}) // takes 1
	}
	sum := 0
	for _, p := range points {
		sum += p.x
	}
	return points[:sum]
}

func (g *grid) wideSum() (sum int) {
	for _, w := range g.wides {
		sum += w.a
	}
	for _, p := range g.rare {
		sum += p.x
	}
	return sum
}
