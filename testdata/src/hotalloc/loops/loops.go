// Package loops is hot by its benchmark.
package loops

func squares(list []int) int {
	out := []int{}
	for _, x := range list {
		out = append(out, x*x) // want `out grows from empty`
	}
	return len(out)
}

func cold(list []int) int {
	out := []int{}
	for _, x := range list {
		out = append(out, x*x)
	}
	return len(out)
}
