package bad

import "sort"

// want +3 `//goconclint:hot marks no function: it belongs in the comment above one with a body`

//
//goconclint:hot
type point struct{ x, y int }

// A blank line takes the mark away from its function.
// want +2 `//goconclint:hot marks no function`
//
//goconclint:hot

func (p *point) norm() int { return p.x*p.x + p.y*p.y }

// want +3 `comment has a space before goconclint:hot, so it has no effect`

// sorted has its mark spoilt by a space.
// goconclint:hot
func sorted(points []point) []point {
	// want +1 `//goconclint:hot marks no function`
	//goconclint:hot
	sort.Slice(points, func(i, j int) bool {
		return points[i].norm() < points[j].norm()
	})
	for range points { // want +1 `//goconclint:hot marks no function`
		_ = points //goconclint:hot every request
	}
	return points
}

type visitor interface {
	// want +1 `//goconclint:hot marks no function`
	//goconclint:hot
	visit(p point)
}

// want +3 `//goconclint:hot marks no function`

//
//goconclint:hot
var scale = func(p point, n int) point { return point{p.x * n, p.y * n} }
