// Package fix holds what can be mended.
package fix

func lengths(words []string) int {
	var list []int
	for _, w := range words {
		list = append(list, len(w)) // want `list grows from empty`
	}
	sum := 0
	for _, n := range list {
		sum += n
	}
	return sum
}

func copied(words []string) []string {
	list := make([]string, 0)
	for _, w := range words {
		list = append(list, w) // want `list grows from empty`
	}
	return list
}

func index(words []string) map[string]int {
	table := make(map[string]int)
	for i, w := range words {
		table[w] = i // want `table grows from empty`
	}
	return table
}

func eight() map[int]bool {
	table := map[int]bool{}
	for i := 0; i < 8; i++ {
		table[i] = true // want `table grows from empty`
	}
	return table
}
