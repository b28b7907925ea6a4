// Package silenced holds a comment that silences a finding, and one that
// silences nothing.
package silenced

type point struct{ x, y int }

//goconclint:hot
func diagonal(n int) int {
	var points []*point
	for i := range n {
		points = append(points, &point{i, i}) //goconclint:ignore hotpointer the benchmark shows no difference
	}
	return len(points)
}

//goconclint:hot
func corner(n int) int {
	p := point{n, n}
	// want +1 `comment silences hotpointer, which reports nothing here`
	return p.x //goconclint:ignore hotpointer the benchmark shows no difference
}
