// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

// FN_Several: two elements per turn are known before, too.
func FN_Several(list []int) []int {
	var out []int
	for _, x := range list {
		out = append(out, x, -x)
	}
	return out
}

// FN_Result: what a call returns is only known behind the declaration.
func FN_Result(list func() []int) []int {
	var out []int
	for _, x := range list() {
		out = append(out, x)
	}
	return out
}

// FP_Early: the loop nearly always returns in its first turn.
func FP_Early(list []int, find func(int) bool) []int {
	var seen []int
	for _, x := range list {
		if find(x) {
			return nil
		}
		seen = append(seen, x) // want `seen grows from empty`
	}
	return seen
}
