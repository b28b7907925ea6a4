// Package fix holds what can be mended.
package fix

type row struct {
	key   string
	cells [32]int
}

func sum(rows []row) (total int) {
	for _, r := range rows { // want `r copies 272 bytes`
		total += r.cells[0] + r.cells[1]
	}
	return total
}

func index(rows []row) map[string]int {
	table := make(map[string]int, len(rows))
	for at, r := range rows { // want `r copies 272 bytes`
		table[r.key] = at
	}
	return table
}
