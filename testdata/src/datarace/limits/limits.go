// Package limits holds what datarace can't see.
package limits

import "strconv"

type table struct{ rows []string }

// The receiver of an exported method may be shared by its callers; nothing
// here starts a goroutine.
func (t *table) FN_NoGoroutineHere(row string) { t.rows = append(t.rows, row) }

// Two parameters are taken for two different things.
func FN_Aliases(a, b *int) int {
	go func() { *a = 1 }()
	return *b
}

// Elements at unknown indices are taken for different ones.
func FN_SameElement(counts []int, keys []string) {
	for _, key := range keys {
		go func() {
			n, _ := strconv.Atoi(key)
			counts[n] = 1
		}()
	}
}
