// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

// FN_Parameter: the set is only handed down to functions of the package.
func FN_Parameter(list []int) int {
	seen := make(map[int]bool)
	for _, x := range list {
		add(seen, x)
	}
	return len(seen)
}

func add(seen map[int]bool, x int) { seen[x] = true }

// FP_Few: a set of two elements saves nothing.
func FP_Few(s string) bool {
	two := map[string]bool{"yes": true, "no": true} // want `two is a map\[string\]bool used as a set`
	_, ok := two[s]
	return ok
}
