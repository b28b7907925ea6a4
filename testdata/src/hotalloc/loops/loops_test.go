package loops

import "testing"

func BenchmarkSquares(b *testing.B) {
	for b.Loop() {
		squares([]int{1, 2, 3})
	}
}
