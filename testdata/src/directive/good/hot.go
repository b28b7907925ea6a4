package good

type point struct{ x, y int }

// norm is called for each pixel.
//
//goconclint:hot
func (p point) norm() int { return p.x*p.x + p.y*p.y }

//goconclint:hot once for each request
func sum(points []point) int {
	total := 0
	for _, p := range points {
		total += p.norm()
	}
	return total
}

// The mark may stand among other directives.
//
//go:noinline
//goconclint:hot
func scale(p point, n int) point { return point{p.x * n, p.y * n} }

// first is generic.
//
//goconclint:hot
func first[T any](list []T) T { return list[0] }
