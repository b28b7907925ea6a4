// Package loops is hot by its benchmark, and so is what that calls.
package loops

func cold(list []int) int {
	out := []int{}
	for _, x := range list {
		out = append(out, x*x)
	}
	return len(out)
}
