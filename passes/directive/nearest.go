package directive

import (
	"slices"
	"strings"
)

// DidYouMean offers the known name that is nearest to the given one, as a
// remark to append to a message; it is empty when none is near.
func DidYouMean(name string, known []string) string {
	name = strings.ToLower(name)
	best, distance := "", len(name)/3+2 // typing slips; a short name has few
	for _, candidate := range known {
		if d := editDistance(name, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	if best == "" {
		return ""
	}
	return " (did you mean " + best + "?)"
}

// editDistance is the least number of bytes to insert, delete, replace, or
// swap with their neighbour to get from a to b.
func editDistance(a, b string) int {
	var before, above []int // the two rows over the current one
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, above, row = above, row, slices.Clone(row)
		row[0] = i + 1
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(above[j]+change, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
