package loops

import "testing"

func BenchmarkSquares(b *testing.B) {
	for b.Loop() {
		squares([]int{1, 2, 3})
	}
}

func squares(list []int) int {
	out := []int{}
	for _, x := range list {
		out = append(out, x*x) // want `out grows from empty`
	}
	return len(out)
}
